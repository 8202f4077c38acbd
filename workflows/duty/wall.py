"""Local wall time to UTC, with one rule for the two nights of a year when clocks change."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def starts_at(local: datetime, zone: ZoneInfo) -> datetime:
    """A time without a zone as an instant; of a time that comes twice, the first.

    A time that the clocks leave out moves forward by as much as they do: 02:30 becomes 03:30.
    Together with `ends_at` no shift loses an hour that somebody has to be there (durability.md
    2.2, as GoAlert decided it).
    """
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC)


def ends_at(local: datetime, zone: ZoneInfo) -> datetime:
    """The same for the end of a shift: of a time that comes twice, the last."""
    last = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    left_out = last.astimezone(zone).replace(tzinfo=None) != local
    return starts_at(local, zone) if left_out else last
