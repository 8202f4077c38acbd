"""The tour's part about the caller: what was found, what they hear, and what they say to it."""

from handlers.terminal.demo_town import OPERATOR, REVIEWER
from handlers.terminal.player import Player


async def approve_and_call_back(play: Player) -> None:
    """By buttons, from the approval to what the caller says."""
    await play.presses(REVIEWER, "通过")
    await judge(play)
    await play.sees(
        OPERATOR,
        "请回访来电人",
        "可以放心通行",
        step="坐席拿到答复口径",
        buttons=["回访完成", "未接通", "重办"],
        silent=False,
    )
    await call_back(play)


async def judge(play: Player) -> None:
    """What the reviewer finds, a tap each, and the sentence that will be read out."""
    play.script.aside("two taps of findings, the outcome, the condition; then the caller's answer")
    for answer in ("属实", "合理合法", "实际解决", "☑️"):
        await play.presses(REVIEWER, answer)
    await play.sees(REVIEWER, "来电人将听到这段话", step="答复先看一遍", buttons=["就这样答复"])
    await play.presses(REVIEWER, "就这样答复", step="审核通过")


async def call_back(play: Player) -> None:
    """The operator reads it out and records what the caller says to it."""
    for answer in ("回访完成", "已解决", "😀 满意"):
        await play.presses(OPERATOR, answer)
    await play.sees(OPERATOR, "已结案", "满意", step="回访有结果")
