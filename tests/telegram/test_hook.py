"""Switching between being brought updates and fetching them loses none."""

import pytest
import stamina

from bot.telegram.hook import backlog, hang_hook, take_down_hook
from tests.stage import TOKEN, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_what_waits_survives_the_switch_to_polling(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    phone, _ = await stage.person()
    url, secret = "http://127.0.0.1:1/hook/0123456789abcdefghij", "s" * 32
    with stamina.set_testing(True, attempts=3, cap=True):
        await stage.town.faults("502", method="setWebhook")
        await hang_hook(stage.bot, url, secret, ["message"])
        info = await stage.bot.get_webhook_info()
        assert (info.url, info.allowed_updates) == (url, ["message"])
        await phone.says("一")
        assert await backlog(stage.bot) == 1
        await take_down_hook(stage.bot)
    assert (await stage.bot.get_webhook_info()).url == ""
    assert len(await stage.updates()) == 1
    records = [str(vars(record)) for record in caplog.records]
    assert any("stamina" in record for record in records)
    assert not any(secret in record or TOKEN in record for record in records)
