"""Between shifts, swaps and absences and their rows."""

from typing import Any

from sqlalchemy import Row

from workflows.duty.shift import (
    Absence,
    AbsenceId,
    Given,
    Shift,
    ShiftId,
    Swap,
    SwapId,
    SwapState,
    Turn,
)
from workflows.people import PersonId, Role


def shift_from(row: Row[Any]) -> Shift:
    return Shift(
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        id=ShiftId(row.id),
        person=PersonId(row.person_id),
        planned_for=PersonId(row.planned_for),
        role=None if row.role is None else Role(row.role),
        source=row.source,
        zone=row.zone,
        note=row.note,
        changed_by=None if row.changed_by is None else PersonId(row.changed_by),
        changed_at=row.changed_at,
    )


def shift_values(shift: Shift) -> dict[str, Any]:
    return {
        "person_id": shift.person,
        "planned_for": shift.planned_for,
        "starts_at": shift.starts_at,
        "ends_at": shift.ends_at,
        "role": None if shift.role is None else shift.role.value,
        "source": shift.source,
        "zone": shift.zone,
        "note": shift.note,
        "changed_by": shift.changed_by,
        "changed_at": shift.changed_at,
    }


def swap_from(row: Row[Any]) -> Swap:
    back = None
    if row.back_id is not None:
        back = Given(ShiftId(row.back_id), Turn(row.back_starts_at, row.back_ends_at))
    return Swap(
        id=SwapId(row.id),
        asked_by=PersonId(row.asked_by),
        asked_to=PersonId(row.asked_to),
        asked_at=row.asked_at,
        shift=Given(ShiftId(row.shift_id), Turn(row.starts_at, row.ends_at)),
        back=back,
        lapses_at=row.lapses_at,
        state=SwapState(row.state),
        at_once=row.at_once,
        ended_by=None if row.ended_by is None else PersonId(row.ended_by),
        ended_at=row.ended_at,
        version=row.version,
    )


def absence_from(row: Row[Any]) -> Absence:
    return Absence(
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        id=AbsenceId(row.id),
        person=PersonId(row.person_id),
        replacement=None if row.replacement_id is None else PersonId(row.replacement_id),
        note=row.note,
        made_by=PersonId(row.made_by),
        made_at=row.made_at,
        declined_by=None if row.declined_by is None else PersonId(row.declined_by),
        declined_at=row.declined_at,
        ended_by=None if row.ended_by is None else PersonId(row.ended_by),
        version=row.version,
    )
