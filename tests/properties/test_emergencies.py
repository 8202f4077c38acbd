"""Whatever was asked, approved, made longer and ended: at every instant at most one mode holds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.approving.answer import Answer
from workflows.emergency.emergency import (
    Emergency,
    answered,
    areas_over,
    ended,
    extended,
    in_force,
)
from workflows.emergency.under import EmergencyId, ModeKey
from workflows.people import AreaCode, PersonId

BERLIN = ZoneInfo("Europe/Berlin")
SHANGHAI = ZoneInfo("Asia/Shanghai")
BEGINNINGS = (
    datetime(2026, 10, 24, 20, 0, tzinfo=BERLIN),  # the night that has an hour twice
    datetime(2027, 3, 27, 20, 0, tzinfo=BERLIN),  # the night that lacks one
    datetime(2026, 12, 31, 20, 0, tzinfo=SHANGHAI),
)
DISTRICT, LAKESIDE, YUNTAI = (AreaCode(c) for c in ("319900", "319900001", "319900002"))
AREAS = (DISTRICT, LAKESIDE, YUNTAI)
PLACES = (
    AreaCode("319900001-01"),
    AreaCode("319900002-04"),
    AreaCode("319900003-01"),
    LAKESIDE,
    DISTRICT,
    AreaCode("319901001-01"),
)
ASKER, APPROVER = PersonId(1), PersonId(2)
A_TICK = timedelta(microseconds=1)


def request(number: int, area: AreaCode, hours: int, at: datetime) -> Emergency:
    at = at.astimezone(UTC)
    lapses_at = at + timedelta(minutes=30)
    return Emergency(
        id=EmergencyId(number),
        mode=ModeKey(f"mode-{number}"),
        area=area,
        area_name="",
        hours=hours,
        reason="台风",
        asked_by=ASKER,
        asked_at=at,
        asked=(APPROVER,),
        lapses_at=lapses_at,
        next_at=lapses_at,
    )


def approved(number: int, area: AreaCode, hours: int, at: datetime) -> Emergency:
    asked = request(number, area, hours, at)
    return answered(asked, Answer.APPROVED, APPROVER, at.astimezone(UTC))


@dataclass(frozen=True)
class Event:
    """So many minutes after the last one, this is done for this area."""

    after: int
    act: str
    area: AreaCode
    hours: int


EVENTS = st.lists(
    st.builds(
        Event,
        st.integers(0, 400),
        st.sampled_from(("approve", "refuse", "lapse", "end", "longer", "nothing")),
        st.sampled_from(AREAS),
        st.integers(1, 12),
    ),
    max_size=25,
)


def told(begin: datetime, events: Sequence[Event]) -> list[Emergency]:
    """The table that such a history leaves; what holds for an area keeps others out."""
    rows: list[Emergency] = []
    now = begin.astimezone(UTC)
    for number, event in enumerate(events, start=1):
        now += timedelta(minutes=event.after)
        held = [i for i, row in enumerate(rows) if row.area == event.area and row.holds(now)]
        asked = request(number, event.area, event.hours, now)
        if held and event.act == "end":
            rows[held[0]] = ended(rows[held[0]], APPROVER, now)
        elif held and event.act == "longer":
            rows[held[0]] = extended(rows[held[0]], event.hours)
        elif not held and event.act == "approve":
            rows.append(answered(asked, Answer.APPROVED, APPROVER, now))
        elif event.act in {"refuse", "lapse"}:
            no = Answer.REFUSED if event.act == "refuse" else Answer.LAPSED
            rows.append(answered(asked, no, APPROVER, now))
    return rows


@given(st.sampled_from(BEGINNINGS), EVENTS)
def test_never_two_modes_for_one_area_and_the_narrower_before_the_wider(
    begin: datetime, events: list[Event]
) -> None:
    rows = told(begin, events)
    edges = {edge for row in rows for edge in (row.began_at, row.until) if edge is not None}
    for at in sorted({edge + step for edge in edges for step in (-A_TICK, A_TICK * 0, A_TICK)}):
        for area in AREAS:
            assert sum(row.area == area and row.holds(at) for row in rows) <= 1
        for place in PLACES:
            there = [r for r in rows if r.area in areas_over(place) and r.holds(at)]
            found = in_force(rows, place, at)
            assert (found is None) == (not there)
            assert found is None or len(found.area) == max(len(each.area) for each in there)


@pytest.mark.parametrize("begin", BEGINNINGS, ids=["hour twice", "hour missing", "year end"])
@pytest.mark.parametrize("hours", [1, 5, 6, 7, 72])
def test_hours_are_hours_whatever_the_clock_on_the_wall_does(begin: datetime, hours: int) -> None:
    """The first instant belongs to it, the last no longer."""
    row = approved(1, LAKESIDE, hours, begin)
    lasts = timedelta(hours=hours)
    place = AreaCode("319900001-01")
    start = begin.astimezone(UTC)
    found = {
        at: in_force([row], place, at) is not None
        for at in (start - A_TICK, start, start + lasts - A_TICK, start + lasts)
    }
    assert list(found.values()) == [False, True, True, False]
    last, over = (at.astimezone(begin.tzinfo) for at in (start + lasts - A_TICK, start + lasts))
    assert in_force([row], place, last) is row
    assert in_force([row], place, over) is None


def test_a_place_outside_every_grid_is_in_no_emergency() -> None:
    row = approved(1, DISTRICT, 5, BEGINNINGS[0])
    assert in_force([row], None, BEGINNINGS[0]) is None


def test_a_new_one_may_begin_in_the_very_instant_in_which_the_old_one_ends() -> None:
    first = approved(1, LAKESIDE, 6, BEGINNINGS[2])
    assert first.until is not None
    second = approved(2, LAKESIDE, 6, first.until)
    at = in_force([first, second], LAKESIDE, first.until)
    assert at is second


def test_what_is_ended_twice_or_before_it_began_stays_a_span_of_time() -> None:
    row = approved(1, LAKESIDE, 6, BEGINNINGS[2])
    assert row.began_at is not None
    early = ended(row, APPROVER, row.began_at - timedelta(hours=1))
    assert early.until == row.began_at
    assert not early.holds(row.began_at)
    late = ended(replace(row), APPROVER, row.began_at + timedelta(hours=99))
    assert late.until == row.until
