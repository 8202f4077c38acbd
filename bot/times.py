"""Times in plain words, in the district's zone: 15:30 前 · 还剩 40 分钟; no clock in here."""

from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Final

from bot.i18n import N_, Tongue
from workflows.deadlines.limits import Unit

MONTHS: Final = (
    N_("Jan"),
    N_("Feb"),
    N_("Mar"),
    N_("Apr"),
    N_("May"),
    N_("Jun"),
    N_("Jul"),
    N_("Aug"),
    N_("Sep"),
    N_("Oct"),
    N_("Nov"),
    N_("Dec"),
)
MINUTE: Final = timedelta(minutes=1)
SOON: Final = timedelta(hours=6)
"""Within this, and on the same day, people want to hear how much is left."""

CLEAR_WITHOUT_YEAR: Final = 180
"""Days to either side in which nobody mistakes the year."""


def moment(at: datetime, now: datetime, zone: tzinfo, tongue: Tongue) -> str:
    """When it is or was, with no more of the date than is needed to understand it."""
    here, today = at.astimezone(zone), now.astimezone(zone).date()
    time = f"{here:%H:%M}"
    match (here.date() - today).days:
        case 0:
            return time
        case 1:
            return tongue("tomorrow {time}", time=time)
        case -1:
            return tongue("yesterday {time}", time=time)
    month = tongue(MONTHS[here.month - 1])
    if abs((here.date() - today).days) < CLEAR_WITHOUT_YEAR:
        return tongue("{day} {month} {time}", day=here.day, month=month, time=time)
    return tongue(
        "{day} {month} {year} {time}", day=here.day, month=month, year=here.year, time=time
    )


def day_words(day: date, tongue: Tongue) -> str:
    """A date without a time."""
    return tongue("{day} {month}", day=day.day, month=tongue(MONTHS[day.month - 1]))


def whole_day(day: date, tongue: Tongue) -> str:
    """A date with its year: an agreement that somebody signs."""
    month = tongue(MONTHS[day.month - 1])
    return tongue("{day} {month} {year}", day=day.day, month=month, year=day.year)


def length(lasting: timedelta, tongue: Tongue) -> str:
    """How long, in the two largest units that matter; parts of a minute are not told."""
    minutes = int(lasting / MINUTE)
    hours, days = minutes // 60, minutes // (24 * 60)
    if minutes < 1:
        return tongue("less than a minute")
    if hours < 1:
        return tongue("{minutes} min", minutes=minutes)
    if days < 1 and minutes % 60:
        return tongue("{hours} h {minutes} min", hours=hours, minutes=minutes % 60)
    if days < 1:
        return tongue("{hours} h", hours=hours)
    if hours % 24:
        return tongue("{days} d {hours} h", days=days, hours=hours % 24)
    return tongue("{days} d", days=days)


def due_words(at: datetime, now: datetime, zone: tzinfo, tongue: Tongue) -> str:
    """Until when, and how much is left or by how much it is late."""
    if now > at:
        return late_words(at, now, tongue)
    until = by_words(at, now, zone, tongue)
    if at - now > SOON and at.astimezone(zone).date() != now.astimezone(zone).date():
        return until
    return tongue("{until} · {length} left", until=until, length=length(at - now, tongue))


def short_due(at: datetime, now: datetime, zone: tzinfo, tongue: Tongue) -> str:
    """The same for the first line of a card, where every character counts."""
    return late_words(at, now, tongue) if now > at else by_words(at, now, zone, tongue)


def by_words(at: datetime, now: datetime, zone: tzinfo, tongue: Tongue) -> str:
    return tongue("by {moment}", moment=moment(at, now, zone, tongue))


def left_words(at: datetime, now: datetime, tongue: Tongue) -> str:
    """How much is left or by how much it is late: for a list, where no time of day has room."""
    if now > at:
        return late_words(at, now, tongue)
    return tongue("{length} left", length=length(at - now, tongue))


def late_words(at: datetime, now: datetime, tongue: Tongue) -> str:
    return tongue("{length} overdue", length=length(now - at, tongue))


LIMITS: Final[dict[Unit, tuple[str, str]]] = {
    Unit.URGENT_HOUR: (N_("{n} hour, day and night"), N_("{n} hours, day and night")),
    Unit.NATURAL_DAY: (N_("{n} calendar day"), N_("{n} calendar days")),
    Unit.WORK_HOUR: (N_("{n} working hour"), N_("{n} working hours")),
    Unit.WORK_DAY: (N_("{n} working day"), N_("{n} working days")),
    Unit.ORDER_DAY: (
        N_("close of business on working day {n}"),
        N_("close of business on working day {n}"),
    ),
}


def limit_words(value: Decimal | int, unit: Unit, tongue: Tongue) -> str:
    """A limit as people say it; an hour that was written as minutes is told in minutes."""
    if unit is Unit.URGENT_HOUR and value < 1:
        minutes = round(Decimal(value) * 60)
        return tongue("{minutes} minutes, day and night", minutes=minutes)
    one, several = LIMITS[unit]
    return tongue(one if value == 1 else several, n=f"{Decimal(value).normalize():f}")
