"""Command menus follow the role, in both languages, and are not sent twice."""

import pytest

from bot.chat import Outcome
from bot.telegram.menu import Menu, MenuBoard
from tests.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

EVERYBODY = Menu({"": [("help", "Help")], "zh": [("help", "帮助")], "en": [("help", "Help")]})
WORKER = Menu({"zh": [("tasks", "我的任务")], "en": [("tasks", "My tasks")]})


async def sent(stage: Stage) -> int:
    calls = await stage.town.calls()
    return sum(call["method"] in {"setMyCommands", "deleteMyCommands"} for call in calls)


async def commands(phone: object) -> list[str]:
    state = await phone.state()  # type: ignore[attr-defined]
    return [each["description"] for each in state["commands"]]


async def test_a_role_has_its_own_menu_and_loses_it_again(stage: Stage) -> None:
    lin, home = await stage.person("林", language="zh-hans")
    zoe, _ = await stage.person("Zoe", language="en")
    board = MenuBoard(stage.bot)
    assert (await board.hang(EVERYBODY)).outcome is Outcome.DELIVERED
    assert await commands(lin) == ["帮助"]
    assert await commands(zoe) == ["Help"]
    await board.hang(WORKER, home.chat)
    assert await commands(lin) == ["我的任务"]
    assert await commands(zoe) == ["Help"]
    await board.take_down(home.chat)
    assert await commands(lin) == ["帮助"]
    languages = {
        call["parameters"].get("language_code") for call in await stage.town.calls("setMyCommands")
    }
    assert languages == {None, "zh", "en"}


async def test_a_menu_that_hangs_already_is_not_sent(stage: Stage) -> None:
    _, home = await stage.person()
    board = MenuBoard(stage.bot)
    await board.hang(WORKER, home.chat)
    before = await sent(stage)
    await board.hang(WORKER, home.chat)
    assert await sent(stage) == before
    await board.hang(Menu({"zh": [("tasks", "任务")], "en": [("tasks", "My tasks")]}), home.chat)
    assert await sent(stage) == before + 1


async def test_a_failure_is_a_verdict_and_is_tried_again(stage: Stage) -> None:
    _, home = await stage.person()
    board = MenuBoard(stage.bot)
    await stage.town.faults("502", method="setMyCommands")
    assert (await board.hang(WORKER, home.chat)).outcome is Outcome.UNKNOWN
    assert (await board.hang(WORKER, home.chat)).outcome is Outcome.DELIVERED
