"""Search: a number names its cases at once, words are looked up whenever the list is shown.

A caller's number is somebody's personal data: asking by it is an access, so it stands in the
journal with whoever asked (PIPL 51), and the number itself is kept nowhere by it, not even on
the buttons of the list.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from workflows.cases.case import CaseId
from workflows.hotline.draft import Draft, DraftKind, DraftState
from workflows.hotline.masking import mask
from workflows.hotline.scanning import without_numbers
from workflows.hotline.understand import phone_in
from workflows.notices import Lane, Notice, NoticeKind
from workflows.people import Actor, Person, Role
from workflows.ports import Begin, Clock, Entry, Work
from workflows.privacy.scopes import Thing, has, posts_for
from workflows.refusals import Reason, Refused

LONGEST: Final = 60
"""Characters; whoever writes more than that is telling something and not looking for it."""

SHORTEST_PHONE: Final = 7
FRESH: Final = timedelta(minutes=5)
"""For so long after an empty /find a typed sentence is what is looked for."""

BY_CALLER: Final = "find_by_caller"
"""The journal's name for a look for somebody by their number."""


@dataclass(frozen=True, slots=True)
class Find:
    """Owe the list of what was found."""

    begin: Begin
    now: Clock

    async def __call__(self, actor: Actor, words: str) -> None:
        """Raises Refused(TEXT_TOO_LONG)."""
        async with self.begin() as work:
            await self._look(work, actor, words)
            await work.settle(actor.cause)

    async def ask(self, actor: Actor) -> None:
        """Wait for the words that are to come."""
        async with self.begin() as work:
            await work.drafts.open(actor.id, DraftKind.FIND, {}, self.now())
            asked = "find_what"
            if has(Thing.BY_NUMBER, actor.person):
                asked = "find_what_or_whom"
            await work.owe(self._notice(actor, NoticeKind.SAID, {"what": asked}))
            await work.settle(actor.cause)

    async def answer(self, actor: Actor, draft: Draft, words: str) -> None:
        """Search for what was awaited; the draft is done and holds nothing of it."""
        async with self.begin() as work:
            await self._look(work, actor, words)
            done = replace(
                draft, state=DraftState.DONE, version=draft.version + 1, changed_at=self.now()
            )
            await work.drafts.write(draft, done)
            await work.settle(actor.cause)

    async def _look(self, work: Work, actor: Actor, words: str) -> None:
        words = " ".join(words.split())
        if len(words) > LONGEST:
            raise Refused(Reason.TEXT_TOO_LONG, most=LONGEST, length=len(words))
        phone = _phone(words)
        named = await work.cases.named(actor.person, words)
        if phone and has(Thing.BY_NUMBER, actor.person):
            called = await work.cases.called_from(actor.person, _spellings(phone))
            await work.journal(*self._looks(actor, called))
            named = tuple(sorted({*named, *called}, reverse=True))
        if phone or named:
            data = {"cases": list(named), "said": mask(phone) if phone else words}
        else:
            data = {"words": without_numbers(words)}
        await work.owe(self._notice(actor, NoticeKind.FOUND, data))

    def _looks(self, actor: Actor, cases: tuple[CaseId, ...]) -> tuple[Entry, ...]:
        """A line for every case that came to light; one without a case where none did."""
        line = Entry(BY_CALLER, actor.id, _role(actor.person), self.now(), cause=actor.cause)
        return tuple(replace(line, case_id=case_id) for case_id in cases) or (line,)

    def _notice(self, actor: Actor, kind: NoticeKind, data: dict[str, Any]) -> Notice:
        return Notice(
            to=actor.id,
            kind=kind,
            key=f"find:{actor.cause or self.now().isoformat()}:{actor.id}",
            subject="found" if kind is NoticeKind.FOUND else "",
            data=data,
            lane=Lane.ANSWER,
            fresh=True,
        )


def awaits_search(draft: Draft | None, words: str, now: datetime) -> bool:
    """Whether a typed sentence is what an empty /find still waits for."""
    if draft is None or draft.kind is not DraftKind.FIND:
        return False
    return now - draft.opened_at <= FRESH and len(words) <= LONGEST


def _phone(words: str) -> str:
    """The telephone number that is meant, digits only; empty where none is."""
    digits = "".join(sign for sign in words if sign.isascii() and sign.isdigit())
    bare = all(sign in "+- ()" or sign.isdigit() for sign in words)
    return digits if bare and len(digits) >= SHORTEST_PHONE else phone_in(words)


def _spellings(phone: str) -> tuple[str, ...]:
    """The number as forms, address books and other systems write it down."""
    plain = phone[2:] if phone.startswith("86") and len(phone) > 11 else phone
    return (plain, f"86{plain}", f"+86{plain}")


def _role(person: Person) -> Role:
    return next(post.role for post in posts_for(Thing.BY_NUMBER, person))
