"""An alert is told again until somebody knows of it, and once more when that has worn off."""

from handlers.terminal.demo_town import DRAINAGE, LAKESIDE
from tests.cast import GAO, SHEN, SUN, WANG, ZHENG, ZHOU
from tests.city import LiveCity
from tests.e2e.given import CLEAN, COVER, reported, signed
from workflows.cases.case import Action
from workflows.deadlines.clocks import ClockKind
from workflows.people import Post, Role
from workflows.supervision.order import OrderKind

NIU = "牛犇"
"""A second drain worker."""


async def long_overdue(city: LiveCity) -> None:
    """A cover is missing since nine, its two hours are over, and at 11:30 the chief is told."""
    await reported(city, COVER)
    for minutes in (60, 36, 24, 30):
        await city.fast_forward(minutes=minutes)
    await city[ZHENG].sees("处置超时已久")


async def never_done(city: LiveCity) -> None:
    """A week to the top of the work's own ladder, and half a week to that of the order."""
    await signed(city)
    await city.fast_forward(days=8)
    await city.fast_forward(days=6)


async def alerts(city: LiveCity, clock: str = "disposal") -> list[str]:
    """Every line of this clock in the journal: its level, and how it was told."""
    found = []
    for line in (await city.view(1)).journal:
        if line.action == "escalate" and line.details.get("clock") == clock:
            repeat = f" again {line.details['repeat']}" if "repeat" in line.details else ""
            silent = "" if line.details["told"] else f" not told: {line.details['why']}"
            found.append(f"{line.details['rung']}{repeat}{silent}")
    return found


async def test_what_is_dangerous_is_told_again_until_somebody_knows(city: LiveCity) -> None:
    chief = city[ZHENG]
    await long_overdue(city)
    heard = await chief.loud()
    await city.fast_forward(minutes=14)
    assert await chief.loud() == heard
    await city.fast_forward(minutes=1)
    assert await chief.loud() == heard + 1
    await chief.sees("处置超时已久", "再次提醒：还没有人点“知道了”", "#1")
    await chief.presses("知道了")
    await city.fast_forward(minutes=40)
    assert await chief.loud() == heard + 1
    assert await alerts(city) == ["L0", "L1", "L2", "L3", "L3 again 1"]


async def test_the_repeats_are_counted_and_end_at_the_next_rung(city: LiveCity) -> None:
    """Four times a quarter of an hour is an hour; half an hour later the fourth rung is due."""
    await long_overdue(city)
    for _ in range(6):
        await city.fast_forward(minutes=15)
    again = [f"L3 again {n}" for n in (1, 2, 3, 4)]
    assert await alerts(city) == ["L0", "L1", "L2", "L3", *again, "L4"]


async def test_everybody_who_was_told_sees_who_knows_and_when(city: LiveCity) -> None:
    await long_overdue(city)
    for name in (SHEN, SUN):
        assert "知道了" in " ".join(await city[name].labels("处置超时已久"))
    await city[ZHENG].presses("知道了")
    loud = await city[SHEN].loud()
    for name in (SHEN, SUN):
        await city[name].sees("#1", "11:30 郑海 已知悉提醒")
        assert "知道了" not in " ".join(await city[name].labels("已知悉提醒"))
    assert await city[SHEN].loud() == loud
    await city[SHEN].says("知道了 1")
    await city[SHEN].sees("郑海已知悉（11:30）")
    assert (await city.deeds(1)).count("acknowledge") == 1


async def test_two_who_acknowledge_in_the_same_second_are_one(city: LiveCity) -> None:
    await long_overdue(city)
    first, second = await city.together(
        city[ZHENG].phone.presses("知道了"), city[SHEN].phone.presses("知道了")
    )
    assert (await city.deeds(1)).count("acknowledge") == 1
    assert "已知悉" in f"{first}{second}"


async def test_what_somebody_knows_and_nobody_does_is_told_again_with_the_name(
    city: LiveCity,
) -> None:
    """The chief's word holds for an hour; the fourth rung comes at 13:00 all the same."""
    await long_overdue(city)
    await city[ZHENG].presses("知道了")
    await city.fast_forward(minutes=59)
    await city[SHEN].sees_nothing_of("至今未办完")
    await city.restart()
    await city.fast_forward(minutes=1)
    await city[SHEN].sees("郑海已知悉（11:30），至今未办完，再次提醒", "#1")
    assert "👌 知道了" in await city[SHEN].labels("至今未办完")
    assert await alerts(city) == ["L0", "L1", "L2", "L3", "L3 again 1"]
    line = (await city.view(1)).journal[-1]
    assert line.details["known_by"] == (await city[ZHENG].person()).id
    await city.fast_forward(minutes=30)
    assert (await alerts(city))[-1] == "L4"


async def test_a_word_that_wears_off_after_the_work_was_done_is_not_told(city: LiveCity) -> None:
    """An ordinary case: told long after its limit, acknowledged, handed in and under review."""
    await signed(city)
    await city.fast_forward(days=1, hours=6, minutes=1)
    await city[ZHENG].sees("处置超时已久")
    await city[ZHENG].presses("知道了")
    heard = await city[ZHENG].loud()
    await city[ZHOU].shows_album(CLEAN)
    await city[ZHOU].says("完成 已清运")
    await city.fast_forward(days=1, hours=1)
    assert await city[ZHENG].count("至今未办完") == 0
    assert [each for each in await alerts(city) if "again" in each] == []
    assert await city[ZHENG].loud() >= heard


async def test_the_fourth_rung_opens_an_order_and_tells_each_once(city: LiveCity) -> None:
    """At 13:00 the supervisors hear why, the lead gets the order, the worker knows of it."""
    await reported(city, COVER)
    await city.fast_forward(hours=3, minutes=59)
    before = {name: await city[name].loud() for name in (SHEN, ZHENG, SUN, WANG)}
    await city.fast_forward(minutes=1)
    after = {name: await city[name].loud() for name in before}
    assert {name: after[name] - before[name] for name in before} == dict.fromkeys(before, 1)
    for name in (SHEN, ZHENG):
        await city[name].sees("已转区级督办", "系统督办", "#1")
    await city[SUN].sees("收到督办", "系统督办", "回复督办时限")
    await city[WANG].sees("本案已被督办")
    (order,) = (await city.case(1)).supervisions
    assert order.kind is OrderKind.ORDER
    view = await city.view(1)
    told, opened = view.journal[-2:]
    assert (told.action, told.details["rung"]) == ("escalate", "L4")
    assert opened.action == "supervise"
    assert told.written_at == opened.written_at
    clock = view.case.clock(ClockKind.SUPERVISION)
    assert clock is not None
    assert clock.runs


async def test_an_order_that_stands_already_is_not_opened_again(city: LiveCity) -> None:
    await long_overdue(city)
    await city[SHEN].says("督办 1 请立即到场围护")
    await city[SHEN].presses("1 个工作日")
    await city.fast_forward(minutes=90)
    await city[ZHENG].sees("已转区级督办", "沈岚督办")
    assert len((await city.case(1)).supervisions) == 1


async def test_an_order_of_the_clock_that_nobody_answers_puts_the_case_on_the_list(
    city: LiveCity,
) -> None:
    await reported(city, COVER)
    await city.fast_forward(hours=4)
    order = (await city.case(1)).clock(ClockKind.SUPERVISION)
    assert order is not None
    assert order.due_at is not None
    await city.fast_forward(seconds=(order.due_at - city.now()).total_seconds())
    await city[SUN].sees("督办回复", "#1")
    assert "list_supervise" not in await city.deeds(1)
    await city.fast_forward(hours=1)
    assert (await city.deeds(1)).count("list_supervise") == 1
    for name in (SUN, SHEN, ZHENG):
        await city[name].sees("督办后仍未办结（督办回复）", "系统挂牌督办", "#1")
    await city[WANG].sees("本案已被督办", "系统挂牌督办")
    first, second = (await city.case(1)).supervisions
    assert (first.stands, second.kind, second.stands) == (False, OrderKind.LISTED, True)
    for name in (SHEN, ZHENG):
        await city[name].says("/supervised")
        await city[name].sees("未销号的督办 1 件", "挂牌督办")


async def test_two_clocks_due_in_one_jump_tell_the_latest_rung(city: LiveCity) -> None:
    """Sixteen minutes after nine nobody has signed; after two hours nearly everything is due."""
    await reported(city, COVER)
    heard = await city[SUN].loud()
    await city.fast_forward(minutes=121)
    assert await city[SUN].loud() == heard + 1
    await city[SUN].sees("处置时限已到", "#1")
    assert await alerts(city) == [
        "L0 not told: later_rung", "L1 not told: later_rung", "L2",
    ]  # fmt: skip
    assert await alerts(city, "sign_for") == ["L2 not told: later_rung"]


async def test_two_clocks_due_in_the_same_minute_are_one_card_that_names_both(
    city: LiveCity,
) -> None:
    """At ten somebody should be there, and half of the limit is used up."""
    await reported(city, COVER)
    await city.fast_forward(minutes=45)
    heard = await city[SUN].loud()
    await city.fast_forward(minutes=15)
    assert await city[SUN].loud() == heard + 1
    await city[SUN].sees("到场时限已到", "还没有人签收", "#1")


async def test_a_day_of_silence_ends_at_exhausted_and_an_administrator_hears(
    city: LiveCity,
) -> None:
    """Everybody has been told everything: the case is on every list until somebody acts."""
    await never_done(city)
    case = await city.case(1)
    assert case.alarm.exhausted_at is not None
    told = await city[GAO].sees("逐级提醒已到顶", "#1")
    assert "茶山卫生院门口的垃圾箱满溢" not in told.text
    assert await city[GAO].count("逐级提醒已到顶") == 1
    await city[ZHENG].says("/case 1")
    await city[ZHENG].sees("提醒已到顶", "#1")
    await city[ZHENG].says("/tasks")
    await city[ZHENG].sees("1 垃圾站（箱）满溢")
    await city.at("08:00")
    for name in (SHEN, ZHENG):
        await city[name].sees("📊", "提醒已到顶、无人处理：", "1 垃圾站（箱）满溢")
    await city.fast_forward(days=2)
    assert await city[GAO].count("逐级提醒已到顶") == 1


async def test_any_act_takes_an_exhausted_case_in_hand_for_a_day(city: LiveCity) -> None:
    await never_done(city)
    await city[SUN].says("催办 1")
    case = await city.case(1)
    assert case.alarm.exhausted_at is None
    before, heard = await alerts(city), await city[GAO].loud()
    await city.fast_forward(days=1)
    assert len(await alerts(city)) == len(before) + 1
    assert (await alerts(city))[-1].startswith("L5 again")
    assert (await city.case(1)).alarm.exhausted_at is not None
    assert await city[GAO].loud() == heard + 1


async def test_where_no_chief_is_on_duty_the_administrator_can_send_somebody(
    city: LiveCity,
) -> None:
    """He sees where it is and who has it, never what the caller said, and no other case."""
    await city.joins(NIU, Post(Role.WORKER, LAKESIDE, DRAINAGE))
    await city.dismiss(ZHENG)
    await long_overdue_for(city, GAO)
    card = await city[GAO].sees("处置超时已久", "#1", "柳岸新村")
    assert "有人差点掉下去" not in card.text
    assert card.labels == ["👌 知道了", "🔁 改派"]
    await city[GAO].presses("改派")
    asked = await city[GAO].sees("派给谁", "#1")
    assert f"👷 {NIU}" in asked.labels
    assert "有人差点掉下去" not in asked.text
    await city[GAO].presses(NIU)
    await city[NIU].sees("#1", "有人差点掉下去")
    last = (await city.view(1)).journal[-1]
    assert (last.action, last.role) == (Action.REASSIGN, Role.ADMIN)
    await city[GAO].sees_nothing_of("有人差点掉下去")
    await city[GAO].says("知道了 1")
    await city[SHEN].sees("#1", "高远 已知悉提醒")


async def long_overdue_for(city: LiveCity, name: str) -> None:
    await reported(city, COVER)
    for minutes in (60, 36, 24, 30):
        await city.fast_forward(minutes=minutes)
    await city[name].sees("处置超时已久")


async def test_an_administrator_who_was_not_asked_can_do_nothing(city: LiveCity) -> None:
    await long_overdue(city)
    await city[GAO].says("知道了 1")
    await city[GAO].sees_nothing_of("已知悉")
    assert "acknowledge" not in await city.deeds(1)


async def test_a_worker_who_cannot_be_reached_is_spoken_for_by_the_lead(city: LiveCity) -> None:
    await signed(city)
    await city[ZHOU].blocks()
    await city[SUN].says("催办 1")
    await city.at("14:12")
    await city[SUN].sees("处置时限快到了", "#1")


async def test_a_rung_that_reaches_nobody_moves_on_at_once(city: LiveCity) -> None:
    """Worker, lead, chief and administrator are gone: the supervisor hears it at four fifths."""
    await reported(city, COVER)
    await city.fast_forward(minutes=95)
    for name in (WANG, SUN, ZHENG, GAO):
        await city.dismiss(name)
    await city.fast_forward(minutes=1)
    assert await alerts(city) == [
        "L0", "L1 not told: nobody", "L2 not told: nobody", "L3",
    ]  # fmt: skip
    await city[SHEN].sees("下面的人都联系不上", "#1")
    lines = [e for e in (await city.view(1)).journal if e.action == "escalate"]
    assert len({line.written_at for line in lines[-3:]}) == 1
    assert lines[-1].details["early"] is True


async def test_where_nobody_is_left_at_all_the_ladder_ends_at_once(city: LiveCity) -> None:
    await reported(city, COVER)
    await city.fast_forward(minutes=95)
    for name in (WANG, SUN, ZHENG, SHEN):
        await city.dismiss(name)
    await city[GAO].blocks()
    await city.fast_forward(minutes=1)
    await city[GAO].unblocks()
    assert [each.partition(" ")[0] for each in await alerts(city)] == [
        "L0", "L1", "L2", "L3", "L4", "L5",
    ]  # fmt: skip


async def test_an_open_request_freezes_the_ladder_and_a_refusal_tells_the_latest(
    city: LiveCity,
) -> None:
    """Asked at two, refused at half past four: both rungs between stand in the journal."""
    await signed(city)
    await city.at("14:00")
    await city[ZHOU].says("申请延期 1 需要吊车")
    await city.fast_forward(hours=2, minutes=30)
    assert await alerts(city) == ["L0 not told: settled"]
    heard = await city[ZHOU].loud()
    await city[SUN].says("驳回 1 当天能办完")
    assert await alerts(city) == [
        "L0 not told: settled",
        "L1 not told: later_rung",
        "L2",
    ]
    assert await city[ZHOU].loud() == heard + 2
    await city[ZHOU].sees_nothing_of("处置时限快到了")


async def test_more_time_is_a_new_deadline_that_can_alert_again(city: LiveCity) -> None:
    await signed(city)
    await city.at("14:13")
    assert (await alerts(city))[-1] == "L1"
    heard = await city[ZHOU].loud()
    await city[ZHOU].says("申请延期 1 需要吊车")
    await city[SUN].presses("同意")
    await city[ZHENG].says("批准 1")
    case = await city.case(1)
    assert case.clock(ClockKind.DISPOSAL).grants == 1
    await city.fast_forward(days=1)
    lines = [
        (line.details["rung"], line.details["round"])
        for line in (await city.view(1)).journal
        if line.action == "escalate" and line.details.get("clock") == "disposal"
    ]
    assert len(set(lines)) == len(lines)
    assert [rung for rung, _ in lines].count("L1") == 2
    assert await city[ZHOU].loud() > heard
