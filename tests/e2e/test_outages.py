"""The service was away: it catches up quietly, says so, and blames nobody for what was its own."""

from datetime import timedelta

from tests.cast import HE, LIN, MARIA, SUN, WANG, ZHENG, ZHOU
from tests.city import LiveCity
from tests.e2e.given import CLEAN, COVER, approves, done_for_caller, handed_in, reported, signed
from workflows.cases.case import Case, State, Timeliness

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
