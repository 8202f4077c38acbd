"""What the auditor asks Telegram, and what it makes of each answer (durability.md 3, row 33)."""

from datetime import UTC, datetime

import pytest

from bot.simulator.server import build_simulator, start
from bot.telegram.arrivals import TelegramLine
from bot.telegram.client import build_bot
from tests.stage import TOKEN, Stage
from workflows.auditing.horizon import MuteError, arrivals_fault

pytestmark = pytest.mark.asyncio(loop_scope="session")
HOOK = "http://127.0.0.1:1/hook/0123456789abcdefghij"


async def details(stage: Stage) -> str:
    arrivals = await TelegramLine(stage.bot).arrivals()
    fault = arrivals_fault(arrivals, HOOK, arrivals.failed_at or datetime.now(UTC))
    return "" if fault is None else fault.detail


async def test_a_webhook_that_is_removed_or_repointed_is_seen(stage: Stage) -> None:
    await stage.bot.set_webhook(HOOK, secret_token="s" * 32)
    assert await details(stage) == ""
    await stage.bot.delete_webhook()
    assert await details(stage) == "the webhook was removed"
    await stage.town.advance(2)
    await stage.bot.set_webhook("http://localhost:1/theirs", secret_token="s" * 32)
    assert await details(stage) == "the webhook was re-pointed to localhost"
    await stage.bot.delete_webhook()


async def test_updates_that_cannot_be_delivered_are_seen(stage: Stage) -> None:
    await stage.town.advance(2)
    phone, _ = await stage.person()
    await stage.bot.set_webhook(HOOK, secret_token="s" * 32)
    await phone.says("一")
    while not (told := await details(stage)):
        await stage.town.advance(1)
    await stage.bot.delete_webhook()
    assert told.startswith("not delivered: ")
    assert "0123456789" not in told


async def test_a_messenger_that_does_not_answer_is_asked_once_and_named_without_the_token(
    stage: Stage,
) -> None:
    await stage.town.faults("502", method="getWebhookInfo")
    with pytest.raises(MuteError, match="does not answer") as no:
        await TelegramLine(stage.bot).arrivals()
    assert not no.value.lasting
    assert TOKEN not in str(no.value)


async def test_a_token_that_was_revoked_is_a_lasting_refusal() -> None:
    runner, base = await start(build_simulator(token=TOKEN), "127.0.0.1", 0)
    stranger = build_bot("4243:" + "x" * 35, server=base)
    try:
        with pytest.raises(MuteError, match="refuses our token") as refused:
            await TelegramLine(stranger).arrivals()
    finally:
        await stranger.session.close()
        await runner.cleanup()
    assert refused.value.lasting
