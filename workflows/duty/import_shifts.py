"""Take a roster in: what comes from the same source anew replaces what is still to come."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from workflows.book import Book
from workflows.duty.kept import Rosters
from workflows.duty.shift import Shift, ShiftId, Turn, can_stand_in
from workflows.duty.swap_notices import lapsed
from workflows.duty.wall import ends_at, starts_at
from workflows.importing.mistakes import ImportMistakes
from workflows.importing.shift_rows import ShiftLine
from workflows.people import SYSTEM, Person, PersonId, Role
from workflows.policy.mistakes import Mistake
from workflows.ports import Begin, Clock, Entry, Work

REMEDY_NAME = "Correct the name, or write the person's number (the card of /me shows it)"
Key = tuple[PersonId, datetime, datetime, Role | None]


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did. `past` lines are over already; `kept` were there before."""

    added: tuple[Shift, ...] = ()
    removed: tuple[Shift, ...] = ()
    kept: int = 0
    begun: int = 0
    past: int = 0
    handed: tuple[Shift, ...] = ()
    overlaps: tuple[tuple[Shift, Shift], ...] = ()
    lapsed: int = 0
    names: Mapping[PersonId, str] | None = None


@dataclass(frozen=True, slots=True)
class ImportShifts:
    """One file is one transaction: all of it, or nothing."""

    begin: Begin
    now: Clock
    book: Book

    async def __call__(self, lines: Sequence[ShiftLine], file: str, source: str) -> Taken:
        """Raises ImportMistakes with everything that is wrong with any line."""
        async with self.begin() as work:
            at = self.now()
            wanted = await _wanted(work.rosters, lines, file, source)
            there = {_key(s): s for s in await work.rosters.of_source(source, at)}
            taken = await _replace(work, wanted, there, at, self.book)
            people = {s.person for s in (*taken.added, *taken.removed)}
            people |= {s.person for pair in taken.overlaps for s in pair}
            taken = replace(taken, names=await work.people.names(sorted(people)))
            await work.journal(_entry(source, taken, at))
        return taken


async def _replace(
    work: Work, wanted: Sequence[Shift], there: Mapping[Key, Shift], at: datetime, book: Book
) -> Taken:
    """What has begun stays as it is, whatever the file says."""
    ahead = {_key(shift): shift for shift in wanted if shift.ends_at > at}
    gone = [s for key, s in there.items() if key not in ahead and s.starts_at > at]
    new = [shift for key, shift in ahead.items() if key not in there]
    begun = [s for key, s in there.items() if key not in ahead and s.starts_at <= at]
    handed = []
    for key, shift in ahead.items():
        before = there.get(key)
        if before and shift.person not in {shift.planned_for, before.person}:
            await work.rosters.hand_over(before, shift.person, SYSTEM.id, at)
            handed.append(replace(before, person=shift.person))
    swaps = await work.rosters.swaps_of([shift.id for shift in gone])
    for swap in swaps:
        await lapsed(work, swap, at, book)
    await work.rosters.take_away([shift.id for shift in gone])
    await work.rosters.add(new)
    everything = [*(there[k] for k in ahead if k in there), *new, *begun]
    return Taken(
        added=tuple(new),
        removed=tuple(gone),
        kept=len(ahead) - len(new),
        begun=len(begun),
        past=len(wanted) - len(ahead),
        handed=tuple(handed),
        overlaps=tuple(_overlaps(everything)),
        lapsed=len(swaps),
    )


async def _wanted(
    rosters: Rosters, lines: Sequence[ShiftLine], file: str, source: str
) -> list[Shift]:
    """Raises ImportMistakes."""
    names = {name for line in lines for name in (line.person, line.instead_of) if name}
    known = await rosters.named(names)
    mistakes: list[Mistake] = []
    found: dict[Key, Shift] = {}
    for line in lines:
        try:
            shift = _shift(line, known, source)
        except _NoShiftError as no:
            mistakes.append(Mistake(file, line.line, no.what, no.remedy))
            continue
        if found.setdefault(_key(shift), shift) is not shift:
            what = "this shift stands here a second time"
            mistakes.append(Mistake(file, line.line, what, "Keep one of the two"))
    if mistakes:
        raise ImportMistakes(mistakes)
    return list(found.values())


class _NoShiftError(Exception):
    """A line that is no shift: what is wrong with it, and the remedy."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


def _shift(line: ShiftLine, known: Mapping[str, tuple[Person, ...]], source: str) -> Shift:
    person = _one(line.person, known)
    planned = _one(line.instead_of, known) if line.instead_of else person
    if planned.id != person.id and not can_stand_in(person, planned, line.role):
        what = f"{person.name} does not hold the post of {planned.name}"
        raise _NoShiftError(what, "Name somebody of the same role, agency and area")
    for each in {person.id: person, planned.id: planned}.values():
        if line.role is not None and not each.holds(line.role):
            roles = ", ".join(sorted(each.roles)) or "none"
            remedy = f"Use a role that they hold ({roles}), or leave it empty"
            raise _NoShiftError(f"{each.name} is no {line.role}", remedy)
    turn = Turn(starts_at(line.starts, line.zone), ends_at(line.ends, line.zone))
    if turn.starts_at >= turn.ends_at:
        raise _NoShiftError("the shift ends before it begins", "Correct its times")
    return Shift(
        starts_at=turn.starts_at,
        ends_at=turn.ends_at,
        id=ShiftId(0),
        person=person.id,
        planned_for=planned.id,
        role=line.role,
        source=source,
        zone=line.zone.key,
        note=line.note,
    )


def _one(words: str, known: Mapping[str, tuple[Person, ...]]) -> Person:
    found = known.get(words, ())
    if not found:
        raise _NoShiftError(f'we know nobody called "{words}"', REMEDY_NAME)
    if len(found) > 1:
        numbers = ", ".join(str(person.id) for person in found)
        remedy = f"Write the number instead: {numbers}"
        raise _NoShiftError(f'{len(found)} people are called "{words}"', remedy)
    return found[0]


def _overlaps(shifts: Iterable[Shift]) -> Iterable[tuple[Shift, Shift]]:
    """Shifts of one person that meet: allowed, and told."""
    last: dict[PersonId, Shift] = {}
    for shift in sorted(shifts, key=lambda shift: (shift.starts_at, shift.ends_at)):
        before = last.get(shift.person)
        if before and before.meets(shift):
            yield before, shift
        if before is None or shift.ends_at > before.ends_at:
            last[shift.person] = shift


def _key(shift: Shift) -> Key:
    return shift.planned_for, shift.starts_at, shift.ends_at, shift.role


def _entry(source: str, taken: Taken, at: datetime) -> Entry:
    details = {
        "source": source,
        "added": len(taken.added),
        "removed": [[s.planned_for, s.person, s.starts_at.isoformat()] for s in taken.removed],
        "kept": taken.kept,
        "handed": [[s.id, s.person] for s in taken.handed],
    }
    return Entry("import_shifts", SYSTEM.id, Role.SYSTEM, at, details=details)
