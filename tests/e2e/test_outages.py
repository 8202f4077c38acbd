"""The service was away: it catches up quietly, says so, and blames nobody for what was its own."""

from datetime import timedelta

from tests.cast import HE, MARIA, WANG, ZHENG, ZHOU
from tests.city import LiveCity
from tests.e2e.given import BARRIER, COVER, REPAIRED, reported, signed
from workflows.cases.case import State, Timeliness

EIGHT = timedelta(hours=8)


def outages(city: LiveCity) -> list[tuple[str, str, str]]:
    return city.asks("SELECT from_at, to_at, why FROM outage ORDER BY id")


def told_rungs(city: LiveCity) -> list[str]:
    """Every rung on record, with a star for those that people heard of."""
    question = """
        SELECT details ->> 'clock', details ->> 'rung', details ->> 'told' FROM journal
        WHERE action = 'escalate' ORDER BY seq
    """
    return [f"{clock} {rung}{'*' * bool(told)}" for clock, rung, told in city.asks(question)]


async def test_an_outage_is_kept_with_its_ends(city: LiveCity) -> None:
    begun = city.now()
    await city.restart(down=timedelta(hours=8))
    [(since, until, why)] = outages(city)
    assert (since, until, why) == (
        begun.isoformat(timespec="microseconds"),
        (begun + EIGHT).isoformat(timespec="microseconds"),
        "down",
    )
    assert city.asks("SELECT count(*) FROM journal WHERE action = 'outage'") == [(1,)]


async def test_cards_from_before_ask_to_be_pressed_again(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await reported(city)
    heard = await zhou.loud()
    await city.stops()
    pressed = await zhou.sees("新工单")
    city.passes(minutes=10)
    await city.begins()
    card = await zhou.sees("服务曾中断 09:00–09:10，请重新点按")
    assert card.id == pressed.id
    assert await zhou.loud() == heard
    await zhou.presses("签收")
    await zhou.sees_nothing_of("服务曾中断")
    assert (await city.case(1)).state is State.HANDLING


async def test_a_short_outage_leaves_cards_alone(city: LiveCity) -> None:
    await reported(city)
    await city.restart(down=timedelta(seconds=110))
    assert len(outages(city)) == 1
    await city[ZHOU].sees_nothing_of("服务曾中断")


async def test_crashes_every_twenty_seconds_repeat_nothing(city: LiveCity) -> None:
    """Row 62: the long outage is told once, and the crashes after it are not outages."""
    zhou = city[ZHOU]
    await reported(city)
    await city.restart(down=timedelta(minutes=5))
    heard, edits = await zhou.loud(), len(await city.town.calls("editMessageText"))
    for _ in range(6):
        city.passes(seconds=18)
        await city.restart(down=timedelta(seconds=2))
    assert len(outages(city)) == 1
    assert await zhou.loud() == heard
    assert len(await city.town.calls("editMessageText")) == edits


async def limit_runs_out_in_an_outage(city: LiveCity) -> None:
    """Two hours from nine; down from 10:40 to 11:40, with the third rung at 11:30."""
    await signed(city, COVER)
    await city.fast_forward(minutes=100)
    await city.restart(down=timedelta(hours=1))


async def test_a_limit_that_ran_out_in_an_outage_says_so(city: LiveCity) -> None:
    await limit_runs_out_in_an_outage(city)
    await city[ZHENG].sees("超时已久", "时限届满时系统正中断（10:40–11:40）")
    told = [each for each in told_rungs(city) if each.startswith("disposal")]
    assert told == ["disposal L0", "disposal L1*", "disposal L2", "disposal L3*"]
    labels = city.asks("""
        SELECT details ->> 'rung', details -> 'during_outage' IS NOT NULL FROM journal
        WHERE action = 'escalate' AND details ->> 'clock' = 'disposal' ORDER BY seq
    """)
    assert labels == [("L0", 0), ("L1", 0), ("L2", 1), ("L3", 1)]


async def closed(city: LiveCity) -> str:
    """Repaired, handed in and closed; the details of the line that closed it."""
    await city[WANG].shows(BARRIER)
    await city[WANG].presses("到达")
    await city[WANG].shows_album(REPAIRED)
    await city[WANG].says("完成 井盖已复位")
    await city[HE].presses("结案")
    case = await city.case(1)
    assert case.state is State.CLOSED
    assert case.timeliness is Timeliness.OVERDUE
    question = "SELECT details FROM journal WHERE to_state = 'closed' ORDER BY seq DESC LIMIT 1"
    return str(city.asks(question)[0][0])


async def test_work_handed_in_right_after_is_late_only_by_our_fault(city: LiveCity) -> None:
    await limit_runs_out_in_an_outage(city)
    await city.fast_forward(minutes=5)
    assert "during_outage" in await closed(city)
    await city[HE].sees("超时", "仅因系统中断（10:40–11:40）而超时")


async def test_work_handed_in_an_hour_later_is_late_by_its_own(city: LiveCity) -> None:
    await limit_runs_out_in_an_outage(city)
    await city.fast_forward(hours=1)
    assert "during_outage" not in await closed(city)
    await city[HE].sees_nothing_of("仅因系统中断")


async def test_a_limit_that_ran_out_before_the_outage_is_not_excused(city: LiveCity) -> None:
    await signed(city, COVER)
    await city.fast_forward(minutes=121)
    await city.restart(down=timedelta(hours=1))
    assert city.asks("SELECT count(*) FROM journal WHERE details LIKE '%during_outage%'") == [(0,)]


async def test_after_a_long_outage_one_rung_is_told_over_all_clocks(city: LiveCity) -> None:
    """Nobody signed: two clocks ran over, each with several rungs; all stand in the journal."""
    await reported(city, COVER)
    await city.restart(down=timedelta(minutes=151))
    told = told_rungs(city)
    assert [each for each in told if each.endswith("*")] == ["disposal L3*"]
    assert {"sign_for L2", "disposal L0", "disposal L1", "disposal L2"} <= set(told)
    late = city.asks("SELECT min(details ->> 'late_s') FROM journal WHERE action = 'escalate'")
    assert late[0][0] is not None


async def test_while_the_backlog_is_unknown_nobody_is_escalated_to(city: LiveCity) -> None:
    """Row 54's gate: orders and answers go on, the ladder waits, for 180 seconds at most."""
    await city.stops()
    await city.town.faults("502", method="getWebhookInfo", count=0)
    await city.begins()
    await reported(city, COVER)
    await city[WANG].sees("新工单", "#1")
    city.passes(minutes=2)
    await city.settle()
    await city.town.no_faults()
    await city.town.faults("502", method="getWebhookInfo", count=0)
    assert told_rungs(city) == []
    await city.fast_forward(minutes=16)
    assert "sign_for L2*" in told_rungs(city)


async def test_words_said_in_the_outage_are_heard_before_anybody_is_alerted(
    city: LiveCity,
) -> None:
    wang = city[WANG]
    await reported(city, COVER)
    await city.stops()
    city.passes(minutes=10)
    await wang.phone.says("签收")
    city.passes(minutes=20)
    await city.begins()
    assert (await city.case(1)).state is State.HANDLING
    assert [each for each in told_rungs(city) if each.startswith("sign_for")] == []


async def test_a_host_that_slept_three_hours_has_been_away(city: LiveCity) -> None:
    """Row 56: as an outage."""
    await reported(city, COVER)
    await city.sleeps(hours=3)
    [(_, _, why)] = outages(city)
    assert why == "asleep"
    assert [each for each in told_rungs(city) if each.endswith("*")] == ["disposal L3*"]
    await city[WANG].sees("服务曾中断 09:00–12:00，请重新点按")


async def test_a_process_that_stood_still_is_late_and_loses_nothing(city: LiveCity) -> None:
    """Row 58: nothing ran for half a minute."""
    await reported(city, COVER)
    await city.fast_forward(minutes=14, seconds=50)
    city.passes(seconds=30)
    await city.settle()
    assert told_rungs(city) == ["sign_for L2*"]
    assert outages(city) == []
    late = city.asks("SELECT details ->> 'late_s' FROM journal WHERE action = 'escalate'")
    assert 15 <= float(late[0][0]) <= 30


async def test_in_english_the_card_says_the_same(city: LiveCity) -> None:
    await city.dismiss(ZHOU)
    await reported(city)
    await city[MARIA].sees("#1", "New order")
    await city.restart(down=timedelta(minutes=10))
    await city[MARIA].sees("The service was down 09:00 to 09:10. Please press again.")
