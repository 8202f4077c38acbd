"""The part of the tour in which nobody moves, and the ladder does."""

from handlers.terminal.demo_photos import View, photo
from handlers.terminal.demo_town import (
    CHIEF,
    CLEANER,
    ENGLISH_CLEANER,
    LEAD,
    OPERATOR,
    REVIEWER,
    SUPERVISOR,
)
from handlers.terminal.player import Player


async def nobody_moves(play: Player) -> None:
    await play.at("09:00", days=1)
    play.script.chapter("没有人动", "Nobody moves", play.stage.now())
    await play.forwards(OPERATOR, "站前广场东侧路面有渣土车遗撒的泥土，车子打滑", "公交司机")
    await play.presses(OPERATOR, "匿名")
    await play.presses(OPERATOR, "登记")
    await play.sees(CLEANER, "#3 道路遗撒", "15:00 前", step="工单卡片", silent=False)
    await play.at("10:00", days=0)
    await play.sees(LEAD, "#3", "签收时限已到", step="签收时限到，告诉单位", silent=False)
    await play.at("11:00")
    play.script.aside("L0, without a sound: half of the time is gone and nobody has signed")
    await play.sees(CLEANER, "还没有人签收", step="L0 提醒处置人员")
    await play.sees(LEAD, "还没有人签收", step="L0 提醒单位")
    await play.at("14:12")
    play.script.aside("L1: four fifths of the time")
    await play.sees(CLEANER, "处置时限快到了", step="L1 催处置人员", silent=False)
    await play.at("15:01")
    play.script.aside("L2: the time is used up")
    await play.sees(CLEANER, "处置时限已到", step="L2 处置人员", silent=False)
    await play.sees(LEAD, "处置时限已到", step="L2 单位负责人", silent=False)
    await play.does_not_see(CHIEF, "#3", step="还没有惊动值守长")


async def step_in(play: Player) -> None:
    await play.at("19:00")
    play.script.chapter("上面的人出面", "Somebody steps in", play.stage.now())
    play.script.aside("L3: four hours past it; duty chief and supervisor hear of it")
    await play.sees(CHIEF, "#3", "超时已久", step="L3 值守长", silent=False)
    await play.sees(
        SUPERVISOR,
        "#3",
        "超时已久",
        "已超时 4 小时",
        step="L3 督查",
        buttons=["知道了", "🔔 催办", "改派", "为什么"],
        silent=False,
    )
    await play.presses(SUPERVISOR, "知道了", says="已知悉 19:00", step="督查知悉")
    await play.sees(SUPERVISOR, "沈岚", "已知悉", step="知悉留名")
    await play.presses(SUPERVISOR, "为什么")
    await play.sees(SUPERVISOR, "#3", "15:00", step="为什么这样算")
    await play.presses(SUPERVISOR, "🔔 催办", says="已催办 19:00", step="督查催办")
    await play.sees(CLEANER, "催办：请先办这一件", step="催到处置人员", silent=False)
    await play.at("19:10")
    await play.presses(SUPERVISOR, "改派")
    await play.sees(SUPERVISOR, "派给谁", step="改派给谁", buttons=["Maria"])
    await play.presses(SUPERVISOR, "Maria")
    await play.sees(CLEANER, "已转给别的同事", step="原处置人员知道不用再去")
    play.script.aside("the new worker reads English; so does her card")
    await play.sees(
        ENGLISH_CLEANER,
        "#3",
        "New order: please sign for it",
        step="English order card",
        buttons=["Sign for"],
        pin=True,
        silent=False,
    )
    await play.presses(ENGLISH_CLEANER, "Sign for", says="signed for 19:10", step="signed")
    await play.at("19:40")
    await play.photographs(
        ENGLISH_CLEANER, photo(View.WASHED_ROAD), photo(View.WASHED_ROAD, take=2)
    )
    await play.says(ENGLISH_CLEANER, "done 3 Mud removed, road washed and dry.")
    await play.sees(REVIEWER, "#3 道路遗撒", "Mud removed", step="送审", buttons=["结案"])
    await play.presses(REVIEWER, "结案", says="已结案 19:40", step="没有人等答复，直接结案")
    await play.sees(SUPERVISOR, "#3", "已结案", step="督查看到办结")
