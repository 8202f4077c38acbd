"""What time it is and which numbers are in force: enough to answer `due`, and quick to load."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from handlers.terminal.settings import Settings, SettingsError
from storage.holidays import national_days
from workflows.book import Book
from workflows.policy.load import load_policy
from workflows.policy.policy import Policy
from workflows.ports import Clock


def wall_clock() -> datetime:
    """The one place where now comes from."""
    return datetime.now(UTC)


def since_boot() -> float:
    """Seconds since the host was started, suspends included; a setting of its clock is not."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def following(now: Clock) -> Callable[[], float]:
    """Seconds of a clock that goes as this one does."""
    return lambda: now().timestamp()


def read_book(settings: Settings, now: Clock) -> Book:
    """Policy and calendar; raises PolicyMistakes with every mistake at once, or SettingsError."""
    return book_of(load_policy(settings.policy), settings, now)


def book_of(policy: Policy, settings: Settings, now: Clock) -> Book:
    """The policy with the days off that are known, as of now. Raises SettingsError."""
    if settings.profile not in policy.profiles:
        known = ", ".join(sorted(policy.profiles))
        raise SettingsError(f"PAIDAN_PROFILE must be one of {known}, not {settings.profile!r}")
    year = now().year
    calendar = policy.calendar(national_days(year - 10, year + 2))
    return Book(policy, calendar, policy.profiles[settings.profile])
