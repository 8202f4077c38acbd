"""The files themselves: whole, explained, and their calendars those of the product."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from storage.holidays import national_days
from tests.deadlines.one_case import LIVES
from tests.deadlines.one_clock import PLAYS
from tests.deadlines.vector import FOLDER, calendar, nation, raw_vectors
from workflows.deadlines.calendar import Calendar

ROWS = {
    "created in lunch",
    "created on a holiday",
    "created on a make-up day",
    "pauses in non-working time",
    "two pauses in a day",
    "extension then pause",
    "pause then extension",
    "return to the same agency",
    "return to another agency",
    "reclassification during a pause",
    "rework",
    "reopen before the deadline",
    "reopen after the deadline",
    "closing exactly on the deadline",
    "resolved late but before the sweep",
    "year's end",
    "leap day",
}
FIELDS = {
    "id",
    "row",
    "name",
    "calendar",
    "limit",
    "as_case",
    "events",
    "expect",
    "because",
    "source",
}
RAW = tuple(raw_vectors())


def test_every_row_has_its_vectors() -> None:
    counted = Counter(raw["row"] for raw in RAW)
    assert set(counted) >= ROWS
    assert len(RAW) >= 30


def test_no_two_vectors_share_a_name() -> None:
    assert len({raw["id"] for raw in RAW}) == len({raw["name"] for raw in RAW}) == len(RAW)


@pytest.mark.parametrize("raw", RAW, ids=[raw["id"] for raw in RAW])
def test_a_vector_is_whole_in_order_and_says_why(raw: dict[str, object]) -> None:
    assert set(raw) == FIELDS
    assert all(raw[field] for field in FIELDS - {"as_case"})
    events, expect = raw["events"], raw["expect"]
    assert isinstance(events, list)
    assert isinstance(expect, list)
    assert events[0]["do"] == "start"
    assert {event["do"] for event in events} <= set(PLAYS)
    for told in (events, expect):
        times = [datetime.fromisoformat(each["at"]) for each in told]
        assert all(time.tzinfo is not None for time in times)
        assert times == sorted(times)
    if raw["as_case"]:
        assert {(event["do"], event.get("why", "")) for event in events} <= set(LIVES)


def test_the_readme_names_every_event_reason_and_verdict() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    words = {word for pair in LIVES for word in pair if word}
    words |= {"in_time", "overdue", "reopened", *PLAYS, *FIELDS}
    assert {word for word in words if f"`{word}`" not in readme} == set()


@pytest.mark.parametrize("year", sorted(nation().known))
def test_the_days_of_the_nation_are_those_the_product_works_by(year: int) -> None:
    ours = Calendar(calendar("city").zone, national=national_days(year, year))
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(366)]
    wrong = [
        day
        for day in days
        if day.year == year and ours.day(day).kind is not calendar("city").day(day).kind
    ]
    assert wrong == []
