"""Finds the people behind a role or a number on one case, and never ends at nobody in silence."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from workflows.cases.addressees import holders_for
from workflows.cases.case import Case
from workflows.notices import Holders
from workflows.people import Person, PersonId, Role
from workflows.ports import Work

IF_NOBODY: Final = (
    (Role.DUTY_CHIEF, True),
    (Role.DUTY_CHIEF, False),
    (Role.ADMIN, False),
)
"""Whom to tell where nobody is on duty: the chief in this area, the district's, an admin."""

BEFORE_NOBODY: Final = {Role.OPERATOR: ((Role.ACCEPTOR, True),)}
"""Who stands in for a whole role. Of operators it is the one who took the call, if on duty."""


@dataclass(frozen=True, slots=True)
class Found:
    """People, and those of them who are administrators in place of everybody else."""

    people: tuple[PersonId, ...] = ()
    stand_ins: tuple[PersonId, ...] = ()

    def __add__(self, other: "Found") -> "Found":
        return Found(
            tuple(dict.fromkeys((*self.people, *other.people))),
            tuple(dict.fromkeys((*self.stand_ins, *other.stand_ins))),
        )


NO_ONE: Final = Found()


@dataclass(frozen=True, slots=True)
class Reaching:
    """Who somebody is on this case at this instant."""

    work: Work
    case: Case
    now: datetime

    async def __call__(
        self, whom: PersonId | Holders | None, stand_in: Role | None = None
    ) -> Found:
        """Who that is right now; where it is nobody, the next one who must know.

        For somebody who has left it is whoever holds `stand_in` on this case, if anybody does.
        """
        if whom is not None and not isinstance(whom, Holders):
            if (await self.work.people.get(whom)).active:
                return Found((whom,))
            whom = holders_for(stand_in, self.case) if stand_in else None
        return await self._holders(whom) if isinstance(whom, Holders) else NO_ONE

    async def at_once(self, whom: PersonId | Holders | None, stand_in: Role) -> Found:
        """The same for what cannot wait: whoever has blocked us is not reached either."""
        gone = isinstance(whom, int) and not await self.work.people.is_reachable(whom)
        return await self(holders_for(stand_in, self.case) if gone else whom, stand_in)

    async def _holders(self, whom: Holders) -> Found:
        found = await self._on_duty(whom)
        if whom.role is Role.OPERATOR:
            found = tuple(p for p in found if p.id == self.case.reported_by) or found
        role = whom.role
        for role_instead, here in (*BEFORE_NOBODY.get(whom.role, ()), *IF_NOBODY):
            if found:
                break
            role = role_instead
            found = await self._on_duty(Holders(role, whom.area if here else None))
        people = tuple(person.id for person in found)
        return Found(people, people if role is Role.ADMIN else ())

    async def _on_duty(self, whom: Holders) -> tuple[Person, ...]:
        return await self.work.people.on_duty(whom.role, whom.area, whom.agency, self.now)
