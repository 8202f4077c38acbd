"""Shifts, swaps, other people's shifts and time off, as people arrange them in the chat."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from handlers.terminal.demo_town import CLEANING
from tests.cast import GAO, LIN, MARIA, SHEN, SUN, WANG, ZHENG, ZHOU
from tests.city import LiveCity
from tests.e2e.given import BIN, reported, signed
from workflows.importing.shift_rows import read_shifts
from workflows.people import AreaCode, Post, Role

HEADINGS = "日期,开始,结束,人员,顶替,备注\n"
YUNTAI = AreaCode("319900002")


async def rostered(city: LiveCity, *lines: str, source: str = "班表") -> None:
    """The roster is imported as an operator does it."""
    path = Path(city.settings.photos).parent / "班表.csv"
    path.write_text(HEADINGS + "\n".join(lines) + "\n", encoding="utf-8")
    zone = city.product.book.calendar.zone
    await city.product.flows.import_shifts(read_shifts(path, zone), path.name, source)
    await city.settle()


async def a_second_cleaner(city: LiveCity) -> None:
    await city.joins("李安", Post(Role.WORKER, YUNTAI, CLEANING))


def deeds(city: LiveCity) -> list[str]:
    acts = "('ask_swap','accept_swap','decline_swap','withdraw_swap','lapse_swap',"
    acts += "'override_shift','be_away','end_away','decline_standing_in','report_gaps')"
    rows = city.asks(f"SELECT action FROM journal WHERE action IN {acts} ORDER BY seq")
    return [row[0] for row in rows]


async def assignee(city: LiveCity, number: int) -> str:
    view = await city.view(number)
    return view.names[view.case.assignee] if view.case.assignee else ""


WEEK = (
    "2026-11-23,08:00,20:00,周强,,白班",
    "2026-11-23,20:00,8:00,李安,,夜班",
    "2026-11-24,08:00,20:00,周强,,白班",
    "2026-11-24,20:00,8:00,李安,,夜班",
)


async def test_duty_says_who_is_there_until_when_and_who_comes_next(city: LiveCity) -> None:
    await a_second_cleaner(city)
    await rostered(city, *WEEK)
    await city[ZHOU].says("/duty")
    await city[ZHOU].sees(
        "🗓 值班 · 09:00",
        "处置人员 · 滨湖运维中心环卫所 · 云台镇",
        "周强（到 20:00）",
        "接班：",
        "李安",
        "20:00 起",
        "您的班：08:00–20:00",
    )
    await city.at("20:00")
    await city[ZHOU].says("值班")
    await city[ZHOU].sees("🗓 值班 · 20:00", "李安（到 明天 08:00）", "接班：", "周强")


async def test_where_nobody_has_a_roster_it_says_so(city: LiveCity) -> None:
    await city[WANG].says("/duty")
    await city[WANG].sees("没排班，全天候在岗")
    assert "🔁 换班" not in await city[WANG].labels("🗓 值班")
    await city[MARIA].says("/duty")
    await city[MARIA].sees("🗓 On duty", "without a roster: always on duty")
    stranger = await city.newcomer("路人")
    await stranger.says("/duty")
    await stranger.sees_nothing_of("🗓")


async def test_two_swap_their_shifts_and_the_lead_is_told(city: LiveCity) -> None:
    await a_second_cleaner(city)
    await rostered(city, *WEEK)
    zhou, li, sun = city[ZHOU], city["李安"], city[SUN]
    await zhou.says("/duty")
    await zhou.presses("换班")
    await zhou.presses("明天 08:00–20:00")
    assert "石兰" not in await zhou.labels("🔁 换班")
    await zhou.presses("李安")
    loud = await li.loud()
    await zhou.presses("明天 20:00")
    await li.sees("🔁 周强 想和 李安 换班", "周强 → 李安：明天 08:00–20:00", "李安 → 周强")
    assert await li.loud() == loud + 1
    await sun.sees_nothing_of("换班：")
    await li.presses("✅ 同意")
    await zhou.sees("✅ 已换班：李安 同意了 周强")
    await sun.sees("✅ 已换班：李安 同意了 周强")
    await city.at("08:00")
    await li.says("值班")
    await li.sees("李安（到 20:00）", "接班：")
    assert deeds(city) == ["ask_swap", "accept_swap"]
