"""When and where the demo begins, and what it says to a wish it cannot meet."""

import socket
from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from handlers.terminal.demo import DemoError, first_moment, free_port, speed_of
from handlers.terminal.demo_photos import SIZES, View, photo
from workflows.deadlines.calendar import Calendar

ZONE = ZoneInfo("Asia/Shanghai")


def moment(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("now", "begins"),
    [
        ("2026-11-24T10:30", "2026-11-24T10:30"),
        ("2026-11-24T06:10", "2026-11-24T09:00"),
        ("2026-11-24T12:30", "2026-11-25T09:00"),
        ("2026-11-24T22:00", "2026-11-25T09:00"),
        ("2026-11-28T10:30", "2026-11-30T09:00"),
    ],
)
def test_the_demo_begins_while_people_work(now: str, begins: str) -> None:
    assert first_moment(Calendar(ZONE), moment(now)) == moment(begins)


@pytest.mark.parametrize("written", ["fast", "0", "-1", "nan", "999999", ""])
def test_a_speed_that_is_none_is_told_what_would_be_right(written: str) -> None:
    with pytest.raises(DemoError, match="SPEED must be a number"):
        speed_of(written)


def test_a_port_that_somebody_has_is_left_to_them() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        assert free_port(taken) != taken


def test_a_photo_is_the_same_each_time_and_another_take_is_another_photo() -> None:
    first = photo(View.OPEN_MANHOLE)
    assert first == photo(View.OPEN_MANHOLE)
    assert first != photo(View.OPEN_MANHOLE, take=2)
    assert Image.open(BytesIO(first)).size == SIZES[View.OPEN_MANHOLE]
    assert len(set(SIZES.values())) == len(View)
