"""Local times of shifts, where clocks change and where they do not."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from workflows.duty.wall import ends_at, starts_at

BERLIN = ZoneInfo("Europe/Berlin")
SHANGHAI = ZoneInfo("Asia/Shanghai")


def local(words: str) -> datetime:
    return datetime.fromisoformat(words)


def utc(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


def test_where_clocks_never_change_there_is_nothing_to_decide() -> None:
    assert starts_at(local("2026-12-31 20:00"), SHANGHAI) == utc("2026-12-31 12:00")
    assert ends_at(local("2027-01-01 08:00"), SHANGHAI) == utc("2027-01-01 00:00")


def test_of_a_time_that_comes_twice_a_shift_begins_with_the_first_and_ends_with_the_last() -> None:
    assert starts_at(local("2026-10-25 02:30"), BERLIN) == utc("2026-10-25 00:30")
    assert ends_at(local("2026-10-25 02:30"), BERLIN) == utc("2026-10-25 01:30")


@pytest.mark.parametrize("instant", [starts_at, ends_at])
def test_a_time_that_the_clocks_leave_out_moves_forward(instant: object) -> None:
    assert callable(instant)
    moved = instant(local("2026-03-29 02:30"), BERLIN)
    assert moved.astimezone(BERLIN).isoformat() == "2026-03-29T03:30:00+02:00"


@pytest.mark.parametrize(
    ("night", "hours"), [("2026-10-24", 9), ("2026-03-28", 7), ("2026-05-01", 8)]
)
def test_a_night_shift_keeps_its_wall_times_and_has_the_hours_that_pass(
    night: str, hours: int
) -> None:
    evening = local(f"{night} 22:00")
    begins = starts_at(evening, BERLIN)
    ends = ends_at(evening.replace(hour=6) + timedelta(days=1), BERLIN)
    assert ends - begins == timedelta(hours=hours)


def test_two_shifts_that_meet_in_the_doubled_hour_leave_no_hole() -> None:
    """Whoever goes stays for the second time, whoever comes is there for the first."""
    meeting = local("2026-10-25 02:30")
    assert starts_at(meeting, BERLIN) < ends_at(meeting, BERLIN)
