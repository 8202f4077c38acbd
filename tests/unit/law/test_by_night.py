"""Messages that hang on no case: what rings in quiet hours and what waits for the morning."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from workflows.escalation.quiet import by_night
from workflows.notices import Notice, NoticeKind
from workflows.people import PersonId
from workflows.policy.policy import QuietHours

ZONE = ZoneInfo("Asia/Shanghai")
HOURS = QuietHours(time(20), time(7, 30))
NIGHT = datetime(2026, 11, 23, 22, 0, tzinfo=ZONE)
MORNING = datetime(2026, 11, 24, 7, 30, tzinfo=ZONE)


def notice(*, loud: bool = True) -> Notice:
    return Notice(to=PersonId(1), kind=NoticeKind.SWAP, key="swap:1", loud=loud)


def test_what_others_did_at_night_waits_for_the_morning() -> None:
    told = by_night(notice(), NIGHT.astimezone(UTC), HOURS, ZONE)
    assert told.not_before == MORNING


@pytest.mark.parametrize(
    ("at", "begins", "loud"),
    [
        pytest.param(MORNING, None, True, id="by day"),
        pytest.param(NIGHT, None, False, id="what makes no sound"),
        pytest.param(NIGHT, MORNING.replace(hour=6), True, id="what begins before the morning"),
    ],
)
def test_all_else_goes_at_once(at: datetime, begins: datetime | None, loud: bool) -> None:
    said = notice(loud=loud)
    assert by_night(said, at, HOURS, ZONE, begins) == said
