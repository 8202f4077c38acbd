"""The nation's days as they reach the calendar, held against the notices themselves."""

import json
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from storage.holidays import national_days
from workflows.deadlines.calendar import Calendar, DayKind

NOTICES = Path(__file__).parents[3] / "shared" / "data" / "calendar"
ZONE = ZoneInfo("Asia/Shanghai")


def calendar_of(first: int, last: int) -> Calendar:
    return Calendar(ZONE, national=national_days(first, last))


def test_the_long_holiday_of_2026_and_its_made_up_days() -> None:
    calendar = calendar_of(2026, 2026)
    kinds = {day: calendar.day(date(2026, 10, day)).kind for day in (1, 4, 7, 8, 10, 11)}
    assert kinds == {
        1: DayKind.HOLIDAY,
        4: DayKind.HOLIDAY,
        7: DayKind.HOLIDAY,
        8: DayKind.WORK,
        10: DayKind.MADE_UP,
        11: DayKind.WEEKEND,
    }
    assert calendar.day(date(2026, 10, 1)).name == "National Day"


def test_a_year_without_a_notice_falls_back_to_statutory_days() -> None:
    last = max(national_days(2004, 2050).known)
    calendar = calendar_of(2004, last + 1)
    new_year = calendar.day(date(last + 1, 1, 1))
    assert new_year.kind is DayKind.HOLIDAY
    assert new_year.name == "New Year's Day"
    assert new_year.provisional
    assert not calendar.day(date(last, 12, 31)).provisional


def test_a_year_beyond_both_libraries_keeps_its_weeks() -> None:
    calendar = calendar_of(2150, 2150)
    assert calendar.day(date(2150, 1, 1)).kind is DayKind.WORK
    assert calendar.day(date(2150, 1, 1)).provisional
    assert calendar.day(date(2150, 1, 3)).kind is DayKind.WEEKEND


def test_years_that_were_not_asked_for_stay_out() -> None:
    days = national_days(2025, 2025)
    assert days.known == {2025}
    assert {day.year for day in days.off} == {2025}
    assert {day.year for day in days.made_up} == {2025}
    assert "chinesecalendar" in days.source


def test_every_day_off_has_one_of_a_few_names() -> None:
    names = set(national_days(2004, 2035).off.values())
    assert len(names) <= 9


@pytest.mark.real_data
@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_day_of_a_year_is_as_the_notice_says(year: int) -> None:
    notice = NOTICES / f"{year}.json"
    if not notice.is_file():
        pytest.skip(f"not run: the published calendar of {year} is not beside this checkout")
    told = {day["date"]: day["isOffDay"] for day in json.loads(notice.read_text("utf-8"))["days"]}
    calendar = calendar_of(year, year)
    wrong = []
    for number in range(366):
        day = date(year, 1, 1) + timedelta(days=number)
        off = told.get(day.isoformat(), day.weekday() >= 5)
        if day.year == year and calendar.day(day).kind.is_worked is off:
            wrong.append(day)
    assert wrong == []
