"""Every way a send can fail, over real HTTP, and what it means (durability.md 2.2)."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from aiogram.methods import SendMessage

from bot.chat import Card, Outcome
from bot.telegram.calls import attempt
from bot.telegram.client import build_bot
from tests.stage import TOKEN, Stage
from workflows.notices import Address

pytestmark = pytest.mark.asyncio(loop_scope="session")

CARD = Card(head="#42")
MESSAGE = {"message_id": 77, "date": 1, "chat": {"id": 5, "type": "private"}, "text": "#42"}


def says(status: int, description: str | None, **parameters: Any) -> dict[str, Any]:
    body: dict[str, Any] = {"ok": False, "error_code": status}
    if description is not None:
        body["description"] = description
    if parameters:
        body["parameters"] = parameters
    return {"kind": "answer", "status": status, "body": body}


ROWS = {
    "429 with a wait": ({"kind": "429", "retry_after": 1}, Outcome.RETRY),
    "429 without parameters": (says(429, "Too Many Requests: retry after 9"), Outcome.RETRY),
    "429 with a wait of 0": (says(429, "Too Many Requests", retry_after=0), Outcome.RETRY),
    "blocked": ({"kind": "blocked"}, Outcome.UNREACHABLE),
    "chat not found": (says(400, "Bad Request: chat not found"), Outcome.UNREACHABLE),
    "kicked": (
        says(403, "Forbidden: bot was kicked from the group chat"),
        Outcome.UNREACHABLE,
    ),
    "migrated": ({"kind": "migrated", "to": -1001}, Outcome.MOVED),
    "revoked": (says(401, "Unauthorized"), Outcome.STOP),
    "wrong token": (says(404, "Not Found"), Outcome.STOP),
    "unknown method": (says(404, "Not Found: method not found"), Outcome.FINAL),
    "conflict": (says(409, "Conflict: terminated"), Outcome.RETRY),
    "too large": (says(413, "Request Entity Too Large: file"), Outcome.BAD_CONTENT),
    "bad words": (says(400, "Bad Request: can't parse entities: x"), Outcome.BAD_CONTENT),
    "bad button": (says(400, "Bad Request: BUTTON_DATA_INVALID"), Outcome.BAD_CONTENT),
    "same": (says(400, "Bad Request: message is not modified: x"), Outcome.ALREADY_SO),
    "edit gone": (says(400, "Bad Request: message to edit not found"), Outcome.GONE),
    "edit refused": (says(400, "Bad Request: message can't be edited"), Outcome.GONE),
    "restarting": (says(500, "Internal Server Error: restart"), Outcome.UNKNOWN),
    "5xx": (says(502, "Bad Gateway"), Outcome.UNKNOWN),
    "5xx without words": (says(500, None), Outcome.UNKNOWN),
    "502 in HTML": ({"kind": "502"}, Outcome.UNKNOWN),
    "200 not ok, known words": (
        {"kind": "answer", "status": 200, "body": says(400, "Bad Request: x")["body"]},
        Outcome.BAD_CONTENT,
    ),
    "200 not ok, unknown words": (
        {"kind": "answer", "status": 200, "body": {"ok": False, "description": "hm"}},
        Outcome.UNKNOWN,
    ),
    "200 not ok, no words": (
        {"kind": "answer", "status": 200, "body": {"ok": False}},
        Outcome.UNKNOWN,
    ),
    "empty 200": ({"kind": "answer", "status": 200, "body": ""}, Outcome.UNKNOWN),
    "a list": ({"kind": "answer", "status": 200, "body": "[1]"}, Outcome.UNKNOWN),
    "a no that cannot be read": (
        {"kind": "answer", "status": 400, "body": {"ok": False, "description": ["x"]}},
        Outcome.UNKNOWN,
    ),
    "neither yes nor no": (
        {"kind": "answer", "status": 200, "body": {"result": MESSAGE}},
        Outcome.UNKNOWN,
    ),
    "half an answer": ({"kind": "truncated"}, Outcome.UNKNOWN),
    "hung up": ({"kind": "drop"}, Outcome.UNKNOWN),
    "hung up after delivery": ({"kind": "drop", "delivered": True}, Outcome.UNKNOWN),
    "unreadable reply": ({"kind": "unknown_reply_tag"}, Outcome.DELIVERED),
    "unreadable reply with an id": (
        {"kind": "answer", "status": 200, "body": {"ok": True, "result": {"message_id": 77}}},
        Outcome.DELIVERED,
    ),
    "unreadable reply without one": (
        {"kind": "answer", "status": 200, "body": {"ok": True, "result": {}}},
        Outcome.DELIVERED,
    ),
    "delivered": (
        {"kind": "answer", "status": 200, "body": {"ok": True, "result": MESSAGE}},
        Outcome.DELIVERED,
    ),
}


@pytest.mark.parametrize(("fault", "outcome"), ROWS.values(), ids=ROWS)
async def test_each_failure_has_its_verdict(
    stage: Stage, fault: dict[str, Any], outcome: Outcome
) -> None:
    _, home = await stage.person()
    await stage.town.faults(method="sendMessage", chat=int(home.chat), **fault)
    delivery = await attempt(stage.bot, SendMessage(chat_id=int(home.chat), text="#42"))
    assert delivery.outcome is outcome
    assert TOKEN not in delivery.why


async def test_flood_control_says_how_long(stage: Stage) -> None:
    _, home = await stage.person()
    await stage.town.faults("429", method="sendMessage", retry_after=7)
    delivery = await stage.courier.show(home, CARD, key="k", loud=True)
    assert delivery.after == timedelta(seconds=7)
    await stage.town.faults(method="sendMessage", **says(429, "Too Many Requests: retry after 9"))
    stage.advance(8)
    delivery = await stage.courier.show(home, CARD, key="k", loud=True)
    assert delivery.after == timedelta(seconds=9)


async def test_a_moved_chat_says_where_to(stage: Stage) -> None:
    _, home = await stage.person()
    await stage.town.faults("migrated", method="sendMessage", to=-1001)
    delivery = await stage.courier.show(home, CARD, key="k", loud=True)
    assert delivery.moved_to == Address("telegram", "-1001")


async def test_an_unreadable_reply_still_tells_its_id(stage: Stage) -> None:
    _, home = await stage.person()
    body = {"ok": True, "result": {"message_id": 77, "forward_origin": {"type": "new"}}}
    await stage.town.faults("answer", method="sendMessage", status=200, body=body)
    delivery = await stage.courier.show(home, CARD, key="k", loud=True)
    assert delivery.keys == ("77",)


async def test_words_of_people_are_not_quoted_in_a_verdict(stage: Stage) -> None:
    _, home = await stage.person()
    body = {"ok": True, "result": {"text": "王磊 13812345678"}}
    await stage.town.faults("answer", method="sendMessage", status=200, body=body)
    assert "王磊" not in (await stage.courier.show(home, CARD, key="k", loud=True)).why


async def test_nobody_at_the_other_end_means_nothing_left(unused_tcp_port: int) -> None:
    bot = build_bot(TOKEN, server=f"http://127.0.0.1:{unused_tcp_port}")
    delivery = await attempt(bot, SendMessage(chat_id=5, text="#42"))
    await bot.session.close()
    assert delivery.outcome is Outcome.RETRY
    assert TOKEN not in delivery.why


async def test_an_answer_that_never_comes_is_unknown(stage: Stage) -> None:
    _, home = await stage.person()
    bot = build_bot(TOKEN, server=stage.base, seconds=0.2)
    await stage.town.faults("timeout", method="sendMessage", seconds=5)
    delivery = await attempt(bot, SendMessage(chat_id=int(home.chat), text="#42"))
    await bot.session.close()
    assert delivery.outcome is Outcome.UNKNOWN


async def test_waiting_for_a_free_connection_means_nothing_left(stage: Stage) -> None:
    _, home = await stage.person()
    bot = build_bot(TOKEN, server=stage.base, sends_in_flight=-15, seconds=0.5, connect=0.1)
    await stage.town.faults("delay", method="sendMessage", seconds=0.3)
    calls = [attempt(bot, SendMessage(chat_id=int(home.chat), text=str(n))) for n in range(3)]
    outcomes = sorted([each.outcome for each in await gathered(calls)])
    await bot.session.close()
    assert outcomes == [Outcome.DELIVERED, Outcome.RETRY, Outcome.RETRY]


async def test_a_hundred_and_fifty_sends_at_once_all_arrive(stage: Stage) -> None:
    _, home = await stage.person()
    patience = 30  # seconds: whoever shares this machine must not decide the outcome
    calls = [
        attempt(stage.bot, SendMessage(chat_id=int(home.chat), text=str(n)), patience)
        for n in range(150)
    ]
    assert {each.outcome for each in await gathered(calls)} == {Outcome.DELIVERED}


async def gathered(calls: list[Any]) -> list[Any]:
    return await asyncio.gather(*calls)
