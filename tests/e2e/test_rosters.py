"""Shifts, swaps, other people's shifts and time off, as people arrange them in the chat."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from handlers.terminal.demo_town import CLEANING
from tests.cast import GAO, LIN, MARIA, SHEN, SUN, WANG, ZHENG, ZHOU
from tests.city import LiveCity, Model, open_live_city
from tests.e2e.given import BIN, reported, signed
from tests.e2e.test_buttons import data_of
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


async def asked(city: LiveCity) -> None:
    """周强 asks 李安 to take his shift tomorrow, as a favour."""
    await a_second_cleaner(city)
    await rostered(city, *WEEK)
    zhou = city[ZHOU]
    await zhou.says("换班")
    await zhou.presses("明天 08:00–20:00")
    await zhou.presses("李安")
    await zhou.presses("不用还班")


async def test_a_swap_that_is_declined_leaves_everything_as_it_was(city: LiveCity) -> None:
    await asked(city)
    await city["李安"].sees("不用还班，算帮忙")
    await city["李安"].presses("我不行")
    await city[ZHOU].sees("🙅 没换成：李安 不行")
    await city[SUN].sees_nothing_of("没换成")
    answer = await city["李安"].forges("x.0", on=await city["李安"].sees("没换成"))
    assert "过期" in (answer.text or "")


async def test_whoever_asked_withdraws_and_an_answer_that_crosses_it_hears_so(
    city: LiveCity,
) -> None:
    await asked(city)
    li = city["李安"]
    card = await li.sees("想和 李安 换班")
    agree = data_of(card, "同意")
    await city.fast_forward(minutes=10)
    await city[ZHOU].presses("撤回换班")
    await li.sees("↩️ 没换成：周强 已撤回")
    answer = await li.forges(agree, on=card)
    assert "周强 已处理过这个换班（09:1" in (answer.text or "")
    assert deeds(city) == ["ask_swap", "withdraw_swap"]


async def test_a_swap_that_nobody_answers_lapses_when_the_shift_begins(city: LiveCity) -> None:
    await asked(city)
    await city.at("08:00")
    await city[ZHOU].sees("⌛ 没换成：开班前无人答复")
    assert await city["李安"].labels("⌛ 没换成") == []
    assert deeds(city) == ["ask_swap", "lapse_swap"]


async def test_nobody_is_left_on_two_shifts_at_once_unless_they_say_so(city: LiveCity) -> None:
    await a_second_cleaner(city)
    await rostered(city, *WEEK, "2026-11-24,18:00,22:00,李安,,加班")
    zhou, li = city[ZHOU], city["李安"]
    await zhou.says("换班")
    await zhou.presses("明天 08:00–20:00")
    await zhou.presses("李安")
    await zhou.presses("不用还班")
    await li.sees("⚠️ 您那时另有班：明天 18:00–22:00")
    await li.presses("同意连班")
    await zhou.sees("✅ 已换班")
    await li.says("值班")
    await li.sees("⚠️ 您有两个班撞在一起")


async def test_the_supervisor_gives_a_shift_to_somebody_else_and_a_waiting_swap_falls(
    city: LiveCity,
) -> None:
    await asked(city)
    zhou, shen = city[ZHOU], city[SHEN]
    await shen.says("/duty")
    await shen.presses("改班")
    await shen.sees("✏️ 安排别人值班", "哪个班")
    await shen.presses("周强 明天 08:00")
    await shen.presses("Maria")
    await shen.sees("✏️ 明天 08:00–20:00：Maria 代 周强 值班", "由 沈岚 安排")
    await zhou.sees("Maria 代 周强 值班")
    await zhou.sees("⌛ 没换成")
    await city[MARIA].sees("Maria instead of 周强")
    await rostered(city, *WEEK)  # the same roster again: what was decided stays
    await city.at("08:00")
    await zhou.says("值班")
    await zhou.sees("现在：Maria")
    assert deeds(city) == ["ask_swap", "lapse_swap", "override_shift"]


async def test_a_worker_changes_nobody_elses_shift(city: LiveCity) -> None:
    await a_second_cleaner(city)
    await rostered(city, *WEEK)
    await city[ZHOU].says("值班")
    assert not [label for label in await city[ZHOU].labels("🗓 值班") if "改班" in label]


async def test_who_is_away_gets_no_orders_and_whoever_stands_in_does(city: LiveCity) -> None:
    await a_second_cleaner(city)
    await rostered(city, *WEEK)
    number = await signed(city)
    zhou, li, sun = city[ZHOU], city["李安"], city[SUN]
    await city.dismiss(MARIA)
    await zhou.says("/away")
    await zhou.sees("🌴 请假", "从哪天起")
    await zhou.says("今天")
    await zhou.says("11月24日")
    assert [name for name in await zhou.labels("由谁来") if "孙丽" in name] == []
    await zhou.presses("李安")
    await zhou.sees("🌴 周强 请假：11月23日 到 11月24日", "李安 顶替")
    await li.sees("🌴 周强 请假", "李安 顶替")
    await sun.sees("🌴 周强 请假", "手上还有 1 件", "需要时请改派")
    assert await assignee(city, number) == "周强"
    await sun.presses(f"🔎 #{number}", on=await sun.sees("🌴 周强 请假"))
    await reported(city, BIN.replace("垃圾箱", "果皮箱"))
    assert await assignee(city, 2) == "李安"  # off duty by the roster, standing in
    await zhou.says("值班")
    await zhou.sees("现在：李安", "🌴 周强 请假到 11月24日，李安 顶替")
    await zhou.presses("提前销假")
    await li.sees("🏢 周强 已回岗")
    await reported(city, BIN.replace("卫生院", "村委会"))
    assert await assignee(city, 3) == "周强"
    assert deeds(city) == ["be_away", "end_away"]


async def test_whoever_cannot_stand_in_says_so_and_another_is_to_be_found(
    city: LiveCity,
) -> None:
    await a_second_cleaner(city)
    await city[ZHOU].says("请假 明天 李安 看病")
    await city[ZHOU].sees("到哪天")
    await city[ZHOU].presses("就这一天")
    await city["李安"].sees("🌴 周强 请假", "看病")
    await city["李安"].presses("我不行")
    await city[ZHOU].sees("🙅 李安 顶替不了", "无人顶替")
    await city[SUN].sees("🙅 李安 顶替不了")
    await city[ZHOU].says("请假 明天到12月1日 李安")
    await city[ZHOU].sees("您那几天已请假（到 11月25日 00:00）")


async def test_time_off_over_the_turn_of_the_year_ends_by_itself(city: LiveCity) -> None:
    await a_second_cleaner(city)
    zhou = city[ZHOU]
    await zhou.says("请假 12月30日到1月2日 李安 回老家")
    await zhou.sees("🌴 周强 请假：12月30日 到 1月2日")
    [(starts, ends)] = city.asks("SELECT starts_at, ends_at FROM duty_absence")
    assert starts.startswith("2026-12-29T16:00")
    assert ends.startswith("2027-01-02T16:00")
    await city.fast_forward(days=38, hours=14, minutes=59)  # 23:59 on 31 December
    assert (city.now() + timedelta(hours=8)).isoformat()[:16] == "2026-12-31T23:59"
    await zhou.says("值班")
    await zhou.sees("🗓 值班 · 23:59", "没排班")
    number = await reported(city)
    assert await assignee(city, number) in {"李安", "Maria"}
    await city.fast_forward(days=2, minutes=2)
    city.excused.add("holiday data")
    await city.dismiss(MARIA)
    await city.dismiss("李安")
    number = await reported(city, BIN.replace("垃圾箱", "果皮箱"))
    assert await assignee(city, number) == "周强"


async def test_wrong_words_are_answered_with_what_to_type(city: LiveCity) -> None:
    await a_second_cleaner(city)
    zhou = city[ZHOU]
    await zhou.says("/away 随便哪天")
    await zhou.sees("日期")
    await zhou.says("/away 2026-11-01")
    await zhou.sees("2026-11-01")
    await zhou.says("请假 明天到2028-01-01 李安")
    await zhou.sees("2027-02-21")
    await zhou.says("请假 明天到后天 查无此人")
    await zhou.sees("没有这个人")
    await zhou.says("请假 明天到后天 林晓")
    await zhou.sees("林晓 不是那里的同岗位人员")
    await zhou.says("/swap")
    await zhou.sees("排班表上没有您的班")
    await zhou.says("请假")
    await zhou.presses("放弃")
    await zhou.sees("排班不变")


async def test_a_hole_tomorrow_is_told_a_day_ahead_once(city: LiveCity) -> None:
    await city.dismiss(MARIA)
    await rostered(city, "2026-11-23,08:00,20:00,周强,,", "2026-11-24,08:00,16:00,周强,,")
    await city.at("15:30")
    for name in (SUN, ZHENG, GAO):
        await city[name].sees(
            "⚠️ 明天有 1 个岗位缺人值班", "明天 00:00–08:00", "明天 16:00", "环卫所 · 云台镇"
        )
    await city[LIN].sees_nothing_of("缺人值班")
    await city[ZHOU].says("值班")
    await city[ZHOU].sees("⚠️ 没人值班：20:00–明天 08:00")
    await city.restart()
    await city.fast_forward(minutes=20)
    assert await city[SUN].count("缺人值班") == 1
    told = json.loads(city.asks("SELECT details FROM journal WHERE action = 'report_gaps'")[0][0])
    assert len(told["holes"]) == 2


async def test_the_end_of_a_roster_is_told_some_days_ahead_once_a_day(city: LiveCity) -> None:
    """Three days ahead, quietly, until the next import; whoever has no roster has no end."""
    await rostered(city, *(f"2026-11-{day},00:00,24:00,周强,," for day in range(23, 29)))
    for _ in range(3):
        await city.at("15:30")
    await city[SUN].sees_nothing_of("排班快用完了")
    await city.dismiss(MARIA)
    await city.at("10:00")
    heard = await city[SUN].loud()
    await city.at("15:30")
    for name in (SUN, ZHENG, GAO):
        await city[name].sees("🗓 有 1 个岗位的排班快用完了", "环卫所 · 云台镇：", "之后没有排班")
    await city.restart()
    await city.fast_forward(minutes=20)
    assert await city[SUN].count("排班快用完了") == 1
    assert await city[SUN].loud() == heard
    await rostered(city, *(f"2026-11-{day},00:00,24:00,周强,," for day in range(23, 31)))
    await city.at("15:30")
    assert await city[SUN].count("排班快用完了") == 1


async def test_a_made_up_saturday_has_a_hole_where_the_roster_knows_only_weekdays(
    model: Model, folder: Path
) -> None:
    """Saturday 14 February 2026 was worked by the whole country before the Spring Festival."""
    begins = datetime(2026, 2, 12, 1, 0, tzinfo=UTC)
    async with open_live_city(folder, model=model, begins=begins) as city:
        calendar = city.product.book.calendar
        assert calendar.day(date(2026, 2, 14)).shifts
        await city.dismiss(MARIA)
        await rostered(city, *(f"2026-02-{day},00:00,24:00,周强,," for day in range(9, 14)))
        await city.at("15:30")
        await city[SUN].sees_nothing_of("缺人值班")
        await city.at("15:30")
        await city[SUN].sees("缺人值班", "明天 00:00–")
        await city.at("10:00")
        await city[ZHOU].says("值班")
        await city[ZHOU].sees("🗓 值班 · 10:00", "现在没人值班")


async def test_a_night_shift_spans_the_end_of_the_year(city: LiveCity) -> None:
    await a_second_cleaner(city)
    await rostered(city, "2026-12-31,20:00,08:00,李安,,", "2026-12-31,08:00,20:00,周强,,")
    await city.fast_forward(days=38, hours=14, minutes=59)
    await city["李安"].says("值班")
    await city["李安"].sees("李安（到 明天 08:00）")
    await city.fast_forward(hours=9, minutes=1)
    await city["李安"].says("值班")
    await city["李安"].sees("🗓 值班 · 09:00", "现在：Maria")
    city.excused.add("holiday data")


async def test_a_swap_asked_for_at_night_rings_in_the_morning(city: LiveCity) -> None:
    await a_second_cleaner(city)
    await rostered(city, *WEEK)
    await city.at("22:00")
    zhou, li = city[ZHOU], city["李安"]
    heard = await li.loud()
    await zhou.says("换班")
    await zhou.presses("明天 08:00–20:00")
    await zhou.presses("李安")
    await zhou.presses("明天 20:00")
    assert await li.loud() == heard
    await city.at("07:30")
    await li.sees("🔁 周强 想和 李安 换班")
    assert await li.loud() == heard + 1
