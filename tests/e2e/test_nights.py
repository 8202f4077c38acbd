"""At night messages wait for the morning; who must act now is whoever is on shift, nobody else."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from handlers.terminal.demo_town import DISTRICT, PEOPLE, load_town
from storage.rows.people import roster_shifts
from tests.cast import HE, LIN, MARIA, SUN, WANG, ZHENG, ZHOU
from tests.city import LiveCity, Model, Resident, open_live_city
from tests.e2e.given import CLEAN, COVER, reported
from workflows.people import AgencyCode, Post, Role

HAN: Final = "韩冰"
"""Sees that what is built is allowed."""
SHED: Final = "柳岸新村有人私搭乱建，正在搭彩钢棚"
"""Serious (P2), within two days round the clock."""
DECK: Final = "学府小区楼顶有人私搭乱建，正在砌墙"
NOISE: Final = "老街夜间施工，打桩噪音很大"
"""Serious (P2), within two hours round the clock, and no `night_push`."""


async def builds(city: LiveCity) -> Resident:
    return await city.joins(HAN, Post(Role.WORKER, DISTRICT, AgencyCode("ENF-01")))


async def works(city: LiveCity, name: str, begins: datetime, ends: datetime) -> None:
    """Gives somebody a shift; from then on they are off shift at any other time."""
    person = await city[name].person()
    async with city.product.storage.database.begin() as connection:
        shift = {"person_id": person.id, "planned_for": person.id, "starts_at": begins}
        shift["ends_at"] = ends
        await connection.execute(roster_shifts.insert().values(shift))


async def heard(city: LiveCity) -> dict[str, int]:
    """How many messages have made a sound on each phone so far."""
    return {name: await resident.loud() for name, resident in city.people.items()}


async def rang_since(city: LiveCity, before: dict[str, int]) -> set[str]:
    return {name for name, count in (await heard(city)).items() if count > before.get(name, 0)}


async def rungs(city: LiveCity, number: int) -> list[str]:
    lines = (await city.view(number)).journal
    return [
        f"{line.details['clock']} {line.details['rung']}"
        for line in lines
        if line.action == "escalate"
    ]


async def told_instead(city: LiveCity, number: int) -> list[str]:
    lines = (await city.view(number)).journal
    return [
        f"{line.details['because']} {line.details['why']}"
        for line in lines
        if line.action == "told_instead"
    ]


async def test_what_a_night_brings_is_one_digest_in_the_morning(city: LiveCity) -> None:
    """Two cases turn yellow at 23:24, eighty per cent of two days after nine o'clock."""
    han = await builds(city)
    for number, words in enumerate((SHED, DECK), start=1):
        await reported(city, words)
        await han.presses("签收", on=await han.sees(f"#{number}"))
    await city.fast_forward(days=1)
    await city.at("20:00")
    before = await heard(city)
    await city.at("23:25")
    assert "disposal L1" in await rungs(city, 1)
    assert "disposal L1" in await rungs(city, 2)
    await city.at("07:28")
    assert await rang_since(city, before) == set()
    await city.at("07:30")
    digest = await han.sees("🌅 昨晚以来的消息：2 件", "处置时限快到了")
    assert sorted(digest.labels) == ["🔎 #1", "🔎 #2"]
    assert await han.loud() == before[HAN] + 1
    await han.presses("🔎 #2", on=digest)
    assert "砌墙" in (await han.newest()).text


async def test_a_single_message_of_the_night_comes_as_itself(city: LiveCity) -> None:
    han = await builds(city)
    await reported(city, SHED)
    await han.presses("签收")
    await city.fast_forward(days=1)
    await city.at("23:25")
    heard_before = await han.loud()
    await city.at("07:30")
    await han.sees("处置时限快到了", "#1")
    await han.sees_nothing_of("🌅")
    assert await han.loud() == heard_before + 1


async def test_an_alert_about_work_handed_in_at_night_is_not_told_any_more(
    city: LiveCity,
) -> None:
    han = await builds(city)
    await reported(city, SHED)
    await han.presses("签收")
    await city.fast_forward(days=1)
    await city.at("23:25")
    heard_before = await han.loud()
    await han.shows_album(CLEAN)
    await han.says("完成 已拆除")
    await city.at("07:30")
    await han.sees_nothing_of("处置时限快到了")
    assert await han.loud() == heard_before
    await city[HE].sees("#1", "请看照片审核")


async def test_an_order_signed_for_at_night_is_not_told_any_more(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await city.at("21:00")
    await reported(city)
    before = await zhou.loud()
    await zhou.says("/case 1")
    await zhou.presses("签收")
    await city.at("07:30")
    assert await zhou.loud() == before


async def test_an_ordinary_order_waits_and_answers_never_do(city: LiveCity) -> None:
    zhou, lin = city[ZHOU], city[LIN]
    await city.at("23:00")
    before = await heard(city)
    await reported(city)
    await lin.sees("#1", "已登记")
    assert await rang_since(city, before) == set()
    await zhou.sees_nothing_of("#1")
    await city.at("07:30")
    await zhou.sees("新工单", "#1")
    assert await rang_since(city, before) == {ZHOU}


async def test_a_dangerous_order_rings_at_night(city: LiveCity) -> None:
    await city.at("02:00")
    before = await heard(city)
    await reported(city, COVER)
    await city[WANG].sees("新工单", "#1")
    assert await rang_since(city, before) == {WANG}


async def test_nobody_off_shift_is_woken_and_the_lead_on_shift_hears_of_it(
    city: LiveCity,
) -> None:
    """The drain worker's shift ends at two; his dangerous case turns yellow at 02:36."""
    wang = city[WANG]
    begins = city.now().replace(hour=6)
    await works(city, WANG, begins, begins + timedelta(hours=12))
    await city.at("01:00")
    await reported(city, COVER)
    await wang.presses("签收")
    await city.at("02:30")
    before = await heard(city)
    await city.at("02:37")
    assert await rang_since(city, before) == {SUN}
    await city[SUN].sees("处置时限快到了", f"🌙 {WANG}已下班", "#1")
    assert await told_instead(city, 1) == ["L2 off_shift", "L1 off_shift"]
    await city.at("03:10")
    assert WANG not in await rang_since(city, before)
    await city.at("07:30")
    assert await wang.loud() > before[WANG]


async def test_what_runs_out_before_the_morning_goes_to_the_duty_chief_at_once(
    city: LiveCity,
) -> None:
    """Quiet hours cover the whole ladder; nothing waits silently past the deadline (row 64)."""
    han, chief = await builds(city), city[ZHENG]
    await city.at("21:00")
    before = await heard(city)
    await reported(city, NOISE)
    await chief.sees("新工单", "🌙 等不到早上", HAN, "#1")
    assert await rang_since(city, before) == {ZHENG}
    for clock in ("22:10", "22:40", "23:10", "03:10"):
        await city.at(clock)
    assert await rang_since(city, before) == {ZHENG}
    await chief.sees("处置超时已久", "#1")
    assert "disposal L3" in await rungs(city, 1)
    assert "new_order deadline" in await told_instead(city, 1)
    assert "L2 deadline" in await told_instead(city, 1)
    await city.at("07:30")
    await han.sees("#1")
    assert HAN in await rang_since(city, before)


async def test_a_friday_evening_a_made_up_saturday_and_a_free_sunday(folder: Path) -> None:
    """Friday's order waits for Saturday, a day of work, and Saturday's alerts are on time."""
    friday = datetime(2026, 10, 9, 12, 30, tzinfo=UTC)
    async with open_live_city(folder, begins=friday) as city:
        await load_town(city.product.storage.loading, city.now())
        await _moves_in(city)
        zhou, sun = city[ZHOU], city[SUN]
        before = await heard(city)
        await reported(city)
        assert await rang_since(city, before) == set()
        await city.at("07:30")
        await zhou.sees("新工单", "#1")
        await zhou.presses("签收")
        await city.at("18:00")
        await zhou.sees("处置时限已到")
        await sun.sees("处置时限已到")
        await city.at("21:00")
        before = await heard(city)
        await reported(city, OTHER_BIN)
        await city.at("07:28")
        assert MARIA not in await rang_since(city, before)
        await city.at("07:30")
        await city[MARIA].sees("New order", "#2")
        await city.fast_forward(days=1, hours=1)
        assert "disposal L0" not in await rungs(city, 2)
        await city.fast_forward(hours=4)
        assert "disposal L0" in await rungs(city, 2)
        await city.check()


OTHER_BIN: Final = "桃园文化站旁边的垃圾箱满溢，没人清"


async def _moves_in(city: LiveCity) -> None:
    for townsman in PEOPLE:
        await city.joins(townsman.name, *townsman.posts, language=townsman.language)


async def test_the_years_last_minute_belongs_to_a_quiet_night(model: Model, folder: Path) -> None:
    """An order of New Year's Eve at 23:59 comes at 07:30 on the holiday; a danger rings."""
    eve = datetime(2026, 12, 31, 15, 59, tzinfo=UTC)
    async with open_live_city(folder, model=model, begins=eve) as city:
        before = await heard(city)
        await reported(city)
        assert await rang_since(city, before) == set()
        await city.fast_forward(minutes=2)
        await reported(city, COVER)
        assert await rang_since(city, before) == {WANG}
        await city.at("07:28")
        assert ZHOU not in await rang_since(city, before)
        await city.at("07:30")
        await city[ZHOU].sees("新工单", "#1")
        assert city.now() == datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
        due = (await city.case(1)).due_at
        assert due is not None
        assert due > datetime(2027, 1, 3, tzinfo=UTC)


async def test_a_restart_in_the_morning_repeats_no_digest(city: LiveCity) -> None:
    han = await builds(city)
    for number, words in enumerate((SHED, DECK), start=1):
        await reported(city, words)
        await han.presses("签收", on=await han.sees(f"#{number}"))
    await city.fast_forward(days=1)
    await city.at("23:25")
    await city.at("07:30")
    for _ in range(3):
        await city.restart(down=timedelta(seconds=20))
    assert await han.count("🌅") == 1
