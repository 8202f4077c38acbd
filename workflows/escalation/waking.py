"""Whom a message wakes at night: whoever is on shift and nobody else; it waits for the others."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from workflows.cases.case import Case
from workflows.escalation.quiet import (
    FAREWELLS,
    AtNight,
    QuietNight,
    at_night,
    kept_of,
    would_be_too_late,
)
from workflows.notices import Notice
from workflows.people import SYSTEM, PersonId, Role
from workflows.policy.catalogue import Catalogue
from workflows.ports import Entry, Work

TOLD_INSTEAD: Final = "told_instead"
"""The journal's name for a message that somebody on duty got at night in another one's place."""


class Instead(StrEnum):
    """Why somebody on duty is told at night what was meant for another person."""

    OFF_SHIFT = "off_shift"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class Waking:
    """One case in one night: every message about it either goes, or waits, or finds another."""

    work: Work
    case: Case
    catalogue: Catalogue
    now: datetime
    night: QuietNight

    async def __call__(
        self,
        notice: Notice,
        stand_ins: Callable[[PersonId], Awaitable[Sequence[PersonId]]],
        on_duty: Callable[[], Awaitable[Sequence[PersonId]]],
    ) -> list[Notice]:
        """What becomes of the message: itself, itself held for the morning, and its stand-ins."""
        assert isinstance(notice.to, int), "an announcement goes to people"
        person = PersonId(notice.to)
        fate = at_night(notice, self.case, self.catalogue)
        if fate is AtNight.GOES or (fate is AtNight.RINGS and not notice.loud):
            return [notice]
        if fate is AtNight.RINGS:
            if await self.work.people.is_on_shift(person, self.now):
                return [notice]
            if notice.because in FAREWELLS:
                return [self._held(notice)]
            return await self._instead(notice, await stand_ins(person), Instead.OFF_SHIFT)
        if would_be_too_late(notice, self.case, self.night):
            return await self._instead(notice, await on_duty(), Instead.DEADLINE)
        return [self._held(notice)]

    async def _instead(
        self, notice: Notice, told: Sequence[PersonId], why: Instead
    ) -> list[Notice]:
        """Whoever has it told at night on record; nobody gets the same thing twice."""
        others = [person for person in told if person != notice.to]
        details = {
            "because": notice.because,
            "why": why,
            "waits": notice.to,
            "until": self.night.end.isoformat(),
            "told": list(told),
        }
        line = Entry(TOLD_INSTEAD, SYSTEM.id, Role.SYSTEM, self.now, self.case.id, details=details)
        await self.work.journal(line)
        data = {**notice.data, "instead": why, "of": notice.to}
        at_once = [self._to(notice, person, data) for person in others]
        itself = notice if notice.to in told else self._held(notice)
        return [itself, *at_once]

    def _to(self, notice: Notice, person: PersonId, data: dict[str, Any]) -> Notice:
        key = f"case:{self.case.id}:{self.case.version}:{person}"
        return replace(notice, to=person, key=key, data=data)

    def _held(self, notice: Notice) -> Notice:
        return replace(
            notice,
            key=f"{notice.key}:held",
            data=kept_of(notice, self.case),
            held=True,
            not_before=self.night.end,
        )
