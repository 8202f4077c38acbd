"""The same story where the messenger calls us: secret, raw body, order kept."""

import asyncio
from pathlib import Path

import aiohttp

from bot.simulator.phones import has_button
from handlers.terminal.demo import free_port
from tests.cast import HE, LIN, ZHOU
from tests.city import LiveCity, Model, open_live_city
from tests.e2e.given import BIN, CLEAN
from wiring.serving import serve
from workflows.cases.case import State

SECRET = "a-secret-that-only-the-messenger-knows"


async def told(city: LiveCity) -> None:
    """From the complaint to the closed case, over webhooks, with the real loop."""
    lin, zhou, he = (city[name].phone for name in (LIN, ZHOU, HE))
    await lin.says(BIN)
    await lin.waits_for(has_button("匿名"))
    await lin.presses("匿名")
    await lin.waits_for(has_button("登记"))
    await lin.presses("登记")
    await zhou.waits_for("新工单")
    await zhou.presses("签收")
    await zhou.waits_for(has_button("处置完成"))
    await zhou.sends_album(CLEAN)
    await zhou.says("完成 已清运")
    await he.waits_for(has_button("结案"))
    await he.presses("结案")
    await lin.waits_for("已办结")


async def test_the_main_story_over_webhooks(model: Model, folder: Path) -> None:
    port = free_port(0)
    url = f"http://127.0.0.1:{port}/hook-0123456789abcdef"
    more = {"webhook_url": url, "webhook_secrets": (SECRET,), "port": port}
    async with open_live_city(folder, model=model, **more) as city:
        stop = asyncio.Event()
        serving = asyncio.ensure_future(serve(city.product, stop))
        while not await city.town.calls("setWebhook") and not serving.done():
            await city.world.bell.wait(0.05)
        try:
            await told(city)
            assert (await city.case(1)).state is State.CLOSED
            assert await statuses(url) == [401, 401, 401]
        finally:
            stop.set()
            await serving
        assert await city.town.calls("getUpdates") == []
        await city.check()


async def statuses(url: str) -> list[int]:
    """What somebody is told who does not know the secret."""
    found = []
    async with aiohttp.ClientSession() as session:
        for given in (
            {},
            {"X-Telegram-Bot-Api-Secret-Token": "guess"},
            {"X-Telegram-Bot-Api-Secret-Token": "密"},
        ):
            async with session.post(url, json={"update_id": 1}, headers=given) as answer:
                found.append(answer.status)
    return found
