"""Due times and used time against an oracle that knows nothing but single minutes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workflows.deadlines.calendar import (
    Calendar,
    DayOverride,
    NationalDays,
    Shift,
    WorkingHours,
)
from workflows.deadlines.limits import Limit, Pause, Unit, due, instant_at, used

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Kolkata")
SHIFTS = (
    ((480, 720), (840, 1080)),
    ((540, 1020),),
    ((0, 30), (600, 615), (1400, 1440)),
    ((420, 690), (690, 700), (780, 1111)),
)
FIRST_DAYS = (date(2026, 3, 26), date(2026, 10, 22), date(2026, 9, 28), date(2026, 12, 28))
"""Just before clocks change in both directions, before a long holiday, and at the year's end."""
FEW = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)


@dataclass(frozen=True)
class World:
    """The same facts twice: plain for the oracle, as a calendar for us."""

    zone: ZoneInfo
    shifts: tuple[tuple[int, int], ...]
    off: frozenset[date]
    made_up: frozenset[date]
    district: tuple[tuple[date, bool], ...]

    def calendar(self) -> Calendar:
        return Calendar(
            zone=self.zone,
            hours=(WorkingHours(tuple(Shift(a, b) for a, b in self.shifts)),),
            national=NationalDays(
                known=frozenset({2026}),
                off=dict.fromkeys(self.off, "holiday"),
                made_up=self.made_up,
            ),
            overrides={day: DayOverride(worked) for day, worked in self.district},
        )

    def is_worked(self, day: date) -> bool:
        if day in dict(self.district):
            return dict(self.district)[day]
        if day in self.off:
            return False
        return day in self.made_up or day.weekday() < 5

    def works_at(self, instant: datetime) -> bool:
        local = instant.astimezone(self.zone)
        minute = local.hour * 60 + local.minute
        return any(a <= minute < b for a, b in self.shifts) and self.is_worked(local.date())


Intervals = list[tuple[datetime, datetime]]


class Oracle:
    """Counts minutes, one by one."""

    def __init__(self, world: World, pauses: Intervals, *, continuous: bool) -> None:
        self.world = world
        self.pauses = pauses
        self.continuous = continuous

    def counts(self, minute: datetime) -> bool:
        if any(begin <= minute < end for begin, end in self.pauses):
            return False
        return self.continuous or self.world.works_at(minute)

    def due(self, start: datetime, minutes: int) -> datetime:
        now = start
        while minutes:
            minutes -= self.counts(now)
            now += MINUTE
        return now

    def used(self, start: datetime, until: datetime) -> int:
        steps = max(0, int((until - start) / MINUTE))
        return sum(self.counts(start + i * MINUTE) for i in range(steps))


def days_of(first: date) -> st.SearchStrategy[date]:
    return st.integers(0, 14).map(lambda n: first + n * DAY)


@st.composite
def situations(draw: st.DrawFn) -> tuple[World, datetime, Intervals]:
    first = draw(st.sampled_from(FIRST_DAYS))
    days = days_of(first)
    world = World(
        zone=ZoneInfo(draw(st.sampled_from(ZONES))),
        shifts=draw(st.sampled_from(SHIFTS)),
        off=draw(st.frozensets(days, max_size=6)),
        made_up=draw(st.frozensets(days, max_size=2)),
        district=tuple(draw(st.dictionaries(days, st.booleans(), max_size=2)).items()),
    )
    begin = datetime.combine(first, time.min, UTC)
    start = begin + draw(st.integers(0, 4 * 1440)) * MINUTE
    lengths = st.integers(0, 3000) | st.integers(0, 90)
    pauses = draw(st.lists(st.tuples(st.integers(-1500, 9000), lengths), max_size=4))
    return world, start, [(start + a * MINUTE, start + (a + b) * MINUTE) for a, b in pauses]


def as_pauses(pauses: Intervals) -> list[Pause]:
    return [Pause(begin, end) for begin, end in pauses]


@FEW
@given(situations(), st.sampled_from([Unit.WORK_HOUR, Unit.WORK_DAY]), st.integers(1, 20))
def test_working_limits_end_where_counted_minutes_do(
    situation: tuple[World, datetime, Intervals], unit: Unit, quarters: int
) -> None:
    world, start, pauses = situation
    limit = Limit.parse(f"{quarters / 4 if unit is Unit.WORK_HOUR else quarters / 16} {unit}")
    minutes = quarters * 15 if unit is Unit.WORK_HOUR else quarters * 30
    oracle = Oracle(world, pauses, continuous=False)
    ours = due(start, limit, world.calendar(), as_pauses(pauses))
    assert ours.due_at == oracle.due(start, minutes)
    assert ours.due_at is not None
    assert used(start, ours.due_at, unit, world.calendar(), as_pauses(pauses)) == minutes * MINUTE


@FEW
@given(situations(), st.integers(1, 48))
def test_urgent_limits_end_where_counted_minutes_do(
    situation: tuple[World, datetime, Intervals], quarters: int
) -> None:
    world, start, pauses = situation
    oracle = Oracle(world, pauses, continuous=True)
    limit = Limit.parse(f"{quarters * 15} min")
    ours = due(start, limit, world.calendar(), as_pauses(pauses))
    assert ours.due_at == oracle.due(start, quarters * 15)
    assert not ours.provisional


@FEW
@given(situations(), st.integers(1, 3))
def test_order_days_end_at_close_of_business_plus_paused_work(
    situation: tuple[World, datetime, Intervals], count: int
) -> None:
    world, start, pauses = situation
    day, left = start.astimezone(world.zone).date(), count
    while left:
        day += DAY
        left -= world.is_worked(day)
    closing = datetime.combine(day + DAY, time.min, world.zone).astimezone(UTC)
    unpaused = Oracle(world, [], continuous=False)
    while not unpaused.counts(closing - MINUTE):
        closing -= MINUTE
    expected = Oracle(world, pauses, continuous=False).due(start, unpaused.used(start, closing))
    ours = due(start, Limit(count, Unit.ORDER_DAY), world.calendar(), as_pauses(pauses))
    assert ours.due_at == expected


@FEW
@given(situations(), st.integers(-600, 8000), st.sampled_from(list(Unit)))
def test_used_time_is_the_number_of_counted_minutes(
    situation: tuple[World, datetime, Intervals], length: int, unit: Unit
) -> None:
    world, start, pauses = situation
    continuous = unit in {Unit.URGENT_HOUR, Unit.NATURAL_DAY}
    oracle = Oracle(world, pauses, continuous=continuous)
    until = start + length * MINUTE
    ours = used(start, until, unit, world.calendar(), as_pauses(pauses))
    assert ours == oracle.used(start, until) * MINUTE


@FEW
@given(situations(), st.sampled_from(["0.5", "0.8", "1"]))
def test_a_share_of_a_limit_is_reached_when_so_much_is_used(
    situation: tuple[World, datetime, Intervals], share: str
) -> None:
    world, start, pauses = situation
    calendar, limit = world.calendar(), Limit(1, Unit.WORK_DAY)
    at = instant_at(start, limit, calendar, as_pauses(pauses), float(share))
    minutes = int(480 * float(share))
    assert at == Oracle(world, pauses, continuous=False).due(start, minutes)


@FEW
@given(situations())
def test_steps_account_for_the_whole_limit(
    situation: tuple[World, datetime, Intervals],
) -> None:
    world, start, pauses = situation
    ours = due(start, Limit(1, Unit.WORK_DAY), world.calendar(), as_pauses(pauses))
    assert sum((step.used for step in ours.steps), timedelta()) == timedelta(hours=8)
    assert ours.steps[-1].left == timedelta()
    ends = [step.end for step in ours.steps]
    assert all(end is not None for end in ends)
    pairs = zip(ends, [step.begin for step in ours.steps[1:]], strict=False)
    assert all(end is not None and end <= begin for end, begin in pairs)
