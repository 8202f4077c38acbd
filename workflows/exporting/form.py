"""The form of an export while it is put together: period, area, state, format, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Self
from zoneinfo import ZoneInfo

from workflows.deadlines.calendar import instant_of
from workflows.exporting.wish import ExportWish, Format
from workflows.hotline.draft import Draft
from workflows.refusals import Reason, Refused

DAYS: Final = 30
DAYS_MOST: Final = 3660
A_TICK: Final = timedelta(microseconds=1)
"""What is reported at this very moment is in it."""


@dataclass(frozen=True, slots=True)
class ExportForm:
    """`since` and `until` are days of the district, both included; without them the last `days`.

    `proposal` is what became of the form.
    """

    days: int = DAYS
    since: str = ""
    until: str = ""
    area: str = ""
    area_name: str = ""
    state: str = ""
    callers: bool = False
    format: str = Format.XLSX.value
    purpose: str = ""
    proposal: int | None = None
    alone: bool = False

    def as_json(self) -> dict[str, Any]:
        return {f.name: getattr(self, f.name) for f in fields(self)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return cls(**{f.name: stored[f.name] for f in fields(cls) if f.name in stored})


def form_of(draft: Draft) -> ExportForm:
    return ExportForm.from_json(draft.body)


def wish_of(form: ExportForm, zone: ZoneInfo, now: datetime, language: str) -> ExportWish:
    """What the form asks for at this moment. Raises Refused(EXPORT_BAD_PERIOD)."""
    since, until = now - timedelta(days=form.days), now + A_TICK
    if form.since:
        first, last = _day(form.since), _day(form.until or form.since)
        if last < first or (last - first).days > DAYS_MOST:
            raise Refused(Reason.EXPORT_BAD_PERIOD)
        since = _midnight(first, zone)
        until = min(_midnight(last + timedelta(days=1), zone), now + A_TICK)
    if not 0 < form.days <= DAYS_MOST or since >= until:
        raise Refused(Reason.EXPORT_BAD_PERIOD)
    return ExportWish(
        since=since.isoformat(),
        until=until.isoformat(),
        area=form.area,
        area_name=form.area_name,
        state=form.state,
        callers=form.callers,
        format=Format(form.format),
        language=language,
    )


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Refused(Reason.EXPORT_BAD_PERIOD) from None


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return instant_of(datetime.combine(day, time()), zone)
