"""What an auditor asks: every line of a case, and who looked at callers' numbers (domain.md 1.1).

Asking is an access itself: its line stands in the chain before the answer leaves. Nothing here
changes anything else, and a line is read as it was written, without a caller's words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from workflows.cases.case import CaseId
from workflows.notices import Lane, Notice, NoticeKind
from workflows.people import Actor, Person, PersonId
from workflows.ports import Begin, Clock, Written
from workflows.privacy.access import Access, note_access
from workflows.privacy.scopes import Thing, must_have, reaches
from workflows.refusals import Reason, Refused

PAGE: Final = 10
"""Lines of one page."""

LATELY: Final = timedelta(days=30)
"""How far back looks are counted by person; the lines themselves go back to the beginning."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """Which page: lines older than one, or newer than one; the newest where neither is named."""

    before: int | None = None
    after: int | None = None

    def as_json(self) -> dict[str, Any]:
        named = {"before": self.before, "after": self.after}
        return {name: seq for name, seq in named.items() if seq is not None}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Leaf":
        return cls(stored.get("before"), stored.get("after"))


NEWEST: Final = Leaf()


@dataclass(frozen=True, slots=True)
class Lines:
    """One page, the newest line first, with names; how many are newer and how many older."""

    lines: tuple[Written, ...]
    names: Mapping[PersonId, str]
    newer: int = 0
    older: int = 0


@dataclass(frozen=True, slots=True)
class Looker:
    """How often somebody looked lately, at how many cases' callers, and when last."""

    person: PersonId
    name: str
    looks: int
    cases: int
    last: datetime


class AuditViews(Protocol):
    """Reading the journal, as far as the reader's area goes."""

    async def trail(self, reader: Person, case_id: CaseId, leaf: Leaf) -> Lines:
        """Every line of the case; none of one outside the reader's area."""

    async def lookers(self, reader: Person, since: datetime) -> tuple[Looker, ...]:
        """Whoever looked at a caller's number in the reader's area, the most looks first."""

    async def looks_of(self, reader: Person, person: PersonId, leaf: Leaf) -> Lines:
        """One person's looks in the reader's area; searches that found nothing among them."""


@dataclass(frozen=True, slots=True)
class Audit:
    """Owe what was asked for, and note that it was."""

    begin: Begin
    now: Clock

    async def trail(
        self, actor: Actor, case_id: CaseId, leaf: Leaf = NEWEST, *, fresh: bool = True
    ) -> None:
        """Raises Refused: NOT_YOURS; NO_SUCH_CASE also for one of another area."""
        must_have(Thing.TRAIL, actor)
        async with self.begin() as work:
            case = await work.cases.get(case_id)
            if not reaches(Thing.TRAIL, actor.person, case):
                raise Refused(Reason.NO_SUCH_CASE, case_id=case_id)
            at = self.now()
            await note_access(work, actor, Access.AUDITED, at, case_id, what=Thing.TRAIL.value)
            await work.owe(
                self._notice(actor, NoticeKind.TRAIL, f"trail:{case_id}", leaf.as_json(), fresh),
            )
            await work.settle(actor.cause)

    async def looks(
        self,
        actor: Actor,
        of: PersonId | None = None,
        leaf: Leaf = NEWEST,
        *,
        fresh: bool = True,
    ) -> None:
        """By person, or the lines of one. Raises Refused(NOT_YOURS)."""
        must_have(Thing.LOOKS, actor)
        async with self.begin() as work:
            facts = {"what": Thing.LOOKS.value, **({} if of is None else {"of": int(of)})}
            await note_access(work, actor, Access.AUDITED, self.now(), None, **facts)
            data = leaf.as_json() if of is None else {**leaf.as_json(), "of": int(of)}
            await work.owe(self._notice(actor, NoticeKind.LOOKS, "looks", data, fresh))
            await work.settle(actor.cause)

    async def looks_named(self, actor: Actor, name: str) -> None:
        """The lines of whoever bears this name. Raises Refused: NOT_YOURS, NO_SUCH_PERSON."""
        must_have(Thing.LOOKS, actor)
        async with self.begin() as work:
            found = (await work.rosters.named([name])).get(name, ())
        if len(found) != 1:
            raise Refused(Reason.NO_SUCH_PERSON, name=name[:30])
        await self.looks(actor, found[0].id)

    def _notice(
        self, actor: Actor, kind: NoticeKind, subject: str, data: dict[str, Any], fresh: bool
    ) -> Notice:
        number = subject.partition(":")[2]
        return Notice(
            to=actor.id,
            kind=kind,
            key=f"{kind}:{actor.cause or self.now().isoformat()}:{actor.id}",
            subject=subject,
            case_id=CaseId(int(number)) if number else None,
            data=data,
            lane=Lane.ANSWER,
            fresh=fresh,
        )
