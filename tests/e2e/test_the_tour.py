"""The tour tells the whole story, and stops at the first thing that is not on a phone."""

import io
import subprocess
import sys
from pathlib import Path

import pytest

from handlers.terminal.player import Player
from handlers.terminal.stage import DemoClock, Plan
from handlers.terminal.tour import BEGINS, ZONE
from handlers.terminal.transcript import StepFailedError, Transcript
from wiring.stage import open_demo

HERE = Path(__file__).resolve().parents[2]


@pytest.mark.timeout(300)
def test_the_tour_is_seen_on_the_phones_from_the_call_to_the_answer() -> None:
    played = subprocess.run(
        [sys.executable, "-W", "error", "run.py", "demo", "--tour"],
        cwd=HERE,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    told = played.stdout
    assert played.returncode == 0, told[-4000:] + played.stderr[-4000:]
    assert played.stderr == ""
    for line in (
        "📝 新来件：请核对后登记",
        "✅ 已登记 #1 雨水井盖异常",
        "新工单，请签收。",
        "‹#1 已签收 09:04›",
        "📎 IMG_2041.JPG",
        "被退回了：请重新处置，拍新照片发来。",
        "🗣 答复来电人：",
        "↪️ 转发自：居民群 张阿姨",
        "🔔 提醒：还没有人签收。",
        "🔔 处置超时已久，仍未办结，请您介入。",
        "‹#3 已催办 19:00›",
        "New order: please sign for it.",
        "这个邀请已经用过了",
    ):
        assert line in told
    assert "steps seen on the phones" in told.splitlines()[-1]


async def test_a_step_that_is_not_on_the_phone_ends_the_tour_with_that_phone(
    tmp_path: Path,
) -> None:
    out = io.StringIO()
    async with open_demo(Plan(tmp_path, 0, DemoClock(BEGINS, 0.0, lambda: 0.0))) as stage:
        play = Player(stage, Transcript(out, ZONE))
        await play.comes("路人")
        await play.says("路人", "有人吗？")
        with pytest.raises(StepFailedError) as missing:
            await play.sees("路人", "这句话谁也没有说", step="没有的话")
        play.script.failed(missing.value)
    assert "没有的话" in out.getvalue()
    assert "me: 有人吗？" in out.getvalue()
    assert "请向管理员要一个邀请链接" in out.getvalue()


async def test_a_button_that_cannot_be_read_cannot_be_pressed(tmp_path: Path) -> None:
    async with open_demo(Plan(tmp_path, 0, DemoClock(BEGINS, 0.0, lambda: 0.0))) as stage:
        play = Player(stage, Transcript(io.StringIO(), ZONE))
        await play.comes("路人")
        with pytest.raises(StepFailedError, match="签收"):
            await play.presses("路人", "签收")
