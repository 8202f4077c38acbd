"""One card with one button, and the press on it as the bot hears of it."""

from typing import Any

from tests.simulator.conftest import Sim, keyboard

GO = keyboard([("去", "go")])


async def card(sim: Sim, person: int, **more: object) -> int:
    sent = await sim.done("sendMessage", chat_id=person, text="卡", reply_markup=GO, **more)
    return int(sent["message_id"])


async def pressed(sim: Sim) -> dict[str, Any]:
    return next(each["callback_query"] for each in await sim.updates() if "callback_query" in each)
