"""Brings the nation's days into the calendar: ordered days off and made-up days, and a guess."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.metadata import version
from types import MappingProxyType

import chinese_calendar
import holidays

from workflows.deadlines.calendar import NationalDays

NAMES = {
    "New Year's Day": "New Year's Day",
    "Chinese New Year": "Spring Festival",
    "Tomb": "Tomb-sweeping Day",
    "Labor": "Labour Day",
    "Dragon": "Dragon Boat Festival",
    "National": "National Day",
    "Mid-Autumn": "Mid-autumn Festival",
}
"""Words in the names that `holidays` gives, and the names that the other library uses."""


@cache
def national_days(first: int, last: int) -> NationalDays:
    """Collect the days of the years from first to last, both included.

    A year is known when `chinesecalendar` carries the State Council's notice for it. For other
    years `holidays` gives the statutory days and what make-up days it has: a fallback, which
    makes every day of such a year provisional (durability.md 2.2 "Working time"). Names of days
    are English, eight in all, the same from both libraries. What the libraries carry does not
    change while a process lives, so each span is collected once.
    """
    ordered_off = chinese_calendar.constants.holidays
    ordered_on = chinese_calendar.constants.workdays
    known = frozenset(range(first, last + 1)) & {day.year for day in ordered_off}
    off = {day: name for day, name in ordered_off.items() if day.year in known}
    made_up = {day for day in ordered_on if day.year in known}
    for year in sorted(set(range(first, last + 1)) - known):
        off |= dict(_guessed_off(year))
        made_up |= _guessed_on(year)
    return NationalDays(
        known=known,
        off=MappingProxyType(off),
        made_up=frozenset(made_up),
        source=f"chinesecalendar {version('chinesecalendar')}, holidays {version('holidays')}",
    )


def _guessed_off(year: int) -> Iterator[tuple[date, str]]:
    for day, name in holidays.country_holidays("CN", years=year, language="en_US").items():
        yield day, next((ours for word, ours in NAMES.items() if word in name), "")


def _guessed_on(year: int) -> set[date]:
    statutory = holidays.country_holidays("CN", years=year)
    return {day for day in statutory.weekend_workdays if day.year == year}
