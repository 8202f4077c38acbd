"""Whether updates still find their way to us (durability.md 3, row 33), and days off."""

from datetime import UTC, datetime, timedelta

import pytest

from workflows.auditing.horizon import Arrivals, arrivals_fault, year_needed

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
OURS = "https://city.example.org/telegram/half-a-secret-path"


@pytest.mark.parametrize(
    ("told", "ours"),
    [
        (Arrivals(OURS, 0), OURS),
        (Arrivals(OURS, 12), OURS),
        (Arrivals(OURS, 0, NOW - timedelta(minutes=1), "502"), OURS),
        (Arrivals(OURS, 3, NOW - timedelta(minutes=6), "502"), OURS),
        (Arrivals("", 99), ""),
    ],
    ids=["ours", "a few wait", "failed, then brought", "long ago", "fetched"],
)
def test_what_is_well_is_no_fault(told: Arrivals, ours: str) -> None:
    assert arrivals_fault(told, ours, NOW) is None


@pytest.mark.parametrize(
    ("told", "ours", "detail"),
    [
        (Arrivals("", 0), OURS, "the webhook was removed"),
        (Arrivals("https://evil.test/x", 0), OURS, "the webhook was re-pointed to evil.test"),
        (
            Arrivals("https://evil.test/x", 0),
            "",
            "somebody hung a webhook at evil.test, so nothing can be fetched",
        ),
        (Arrivals(OURS, 3, NOW - timedelta(minutes=4), "502"), OURS, "not delivered: 502"),
        (Arrivals(OURS, 100), OURS, "updates pile up at the messenger"),
        (Arrivals("", 100), "", "updates pile up at the messenger"),
    ],
    ids=["removed", "re-pointed", "hung", "failing", "piling up", "not fetched"],
)
def test_what_is_not_is_named_without_the_path_of_our_hook(
    told: Arrivals, ours: str, detail: str
) -> None:
    fault = arrivals_fault(told, ours, NOW)
    assert fault is not None
    assert fault.detail == detail
    assert "secret" not in fault.detail


def test_next_years_days_off_are_wanted_from_the_middle_of_december() -> None:
    days = [datetime(2026, 12, 14, tzinfo=UTC), datetime(2026, 12, 15, tzinfo=UTC)]
    assert [year_needed(day) for day in days] == [2026, 2027]
    assert year_needed(datetime(2027, 1, 1, tzinfo=UTC)) == 2027
