"""One ordinary case that nobody touches, from Monday morning to the Monday after."""

from datetime import time, timedelta

from tests.cast import LIN, SUN, ZHENG, ZHOU
from tests.city import LiveCity
from tests.e2e.given import reported

RUNGS = """
    SELECT strftime('%w', at, '+8 hours') || strftime(' %H:%M', at, '+8 hours'),
        details ->> 'clock', details ->> 'rung'
    FROM journal WHERE action = 'escalate' ORDER BY seq
"""
"""The day of the week as a number, Monday 1, and the local time."""

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WEEK = [
    ("1 11:00", "disposal", "L0"),
    ("1 14:30", "disposal", "L1"),
    ("1 15:00", "disposal", "L2"),
    ("1 15:00", "sign_for", "L2"),
    ("2 15:00", "disposal", "L3"),
    ("4 15:00", "disposal", "L4"),
]


async def test_a_case_that_nobody_touches_is_heard_of_all_week_and_wakes_nobody(
    city: LiveCity,
) -> None:
    await reported(city)
    listening = [name for name in city.people if name != LIN]
    rings: list[tuple[str, str, time]] = []
    before = {name: await city[name].loud() for name in listening}
    for _ in range(7 * 24 * 2):
        await city.fast_forward(minutes=30)
        local = city.now() + timedelta(hours=8)
        now = {name: await city[name].loud() for name in listening}
        rings += [(name, f"{local:%a}", local.time()) for name in now if now[name] > before[name]]
        before = now
    assert city.asks(RUNGS) == WEEK
    assert [ring for ring in rings if not time(7, 30) <= ring[2] <= time(20)] == []
    told = {(name, day) for name, day, _ in rings}
    assert {(ZHOU, "Mon"), (SUN, "Mon"), (SUN, "Tue"), (SUN, "Thu"), (ZHOU, "Thu")} <= told
    assert {(ZHENG, day) for day in DAYS} <= told
    await city[ZHENG].says("/summary")
    await city[ZHENG].sees("#1")
