"""Let people in: the administrator creates a person, a one-time link binds their chat."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Final

from workflows.notices import Address, Lane, Notice, NoticeKind
from workflows.people import Actor, Person, PersonId, Post, Role
from workflows.ports import Begin, Clock, Entry, Invitation, Work
from workflows.refusals import Reason, Refused

VALID_FOR: Final = timedelta(hours=24)
"""ASVS 6.5.5 wants ten minutes; a shift needs a day. The administrator sees who used it."""


def hash_of(token: str) -> str:
    """The only form in which an invitation's token is kept."""
    return sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Invite:
    """Create a person, or invite a known one again; `new_token` gives 128 random bits."""

    begin: Begin
    now: Clock
    new_token: Callable[[], str]

    async def __call__(
        self, actor: Actor, name: str, posts: tuple[Post, ...], language: str = "zh"
    ) -> str:
        """Return the token of the link; it is shown once and never stored. Raises NOT_YOURS."""
        _only_admin(actor)
        async with self.begin() as work:
            person = await work.people.create(name, language, posts)
            return await self._invite(work, actor, person)

    async def again(self, actor: Actor, person_id: PersonId) -> str:
        """A new link for somebody whose phone or account has changed; older links die."""
        _only_admin(actor)
        async with self.begin() as work:
            return await self._invite(work, actor, await work.people.get(person_id))

    async def dismiss(self, actor: Actor, person_id: PersonId) -> None:
        """From this moment their buttons do nothing and nothing is sent to them."""
        _only_admin(actor)
        async with self.begin() as work:
            person = await work.people.get(person_id)
            await work.people.dismiss(person_id)
            await work.journal(self._entry(actor, "dismiss", person))
            await work.settle(actor.cause)

    async def _invite(self, work: Work, actor: Actor, person: Person) -> str:
        token = self.new_token()
        expires_at = self.now() + VALID_FOR
        await work.people.invite(Invitation(person.id, hash_of(token), expires_at, actor.id))
        await work.journal(self._entry(actor, "invite", person))
        if not actor.is_system:
            await work.owe(
                Notice(
                    to=actor.id,
                    kind=NoticeKind.INVITE,
                    key=f"invite:{hash_of(token)}",
                    data={"token": token, "name": person.name, "until": expires_at.isoformat()},
                    lane=Lane.ANSWER,
                    secret=True,
                )
            )
        await work.settle(actor.cause)
        return token

    def _entry(self, actor: Actor, action: str, person: Person) -> Entry:
        role = Role.SYSTEM if actor.is_system else Role.ADMIN
        details = {"person": person.id, "roles": sorted(person.roles)}
        return Entry(action, actor.id, role, self.now(), cause=actor.cause, details=details)


@dataclass(frozen=True, slots=True)
class AcceptInvite:
    """Bind a private chat to a person by the token of their link."""

    begin: Begin
    now: Clock

    async def __call__(
        self, address: Address, token: str, *, private: bool, cause: str | None
    ) -> Person:
        """Raises Refused: INVITE_NOT_PRIVATE, INVITE_UNKNOWN, INVITE_USED, INVITE_EXPIRED."""
        if not private:
            raise Refused(Reason.INVITE_NOT_PRIVATE)
        async with self.begin() as work:
            at = self.now()
            person = await work.people.accept(hash_of(token), address, at)
            role = next(iter(sorted(person.roles)), Role.WORKER)
            details = {"transport": address.transport}
            entry = Entry("accept_invite", person.id, role, at, cause=cause, details=details)
            await work.journal(entry)
            await work.owe(
                Notice(person.id, NoticeKind.WELCOME, key=f"welcome:{hash_of(token)}"),
                Notice(person.id, NoticeKind.MENU, key=f"menu:{hash_of(token)}", lane=Lane.EDIT),
            )
            await work.settle(cause)
        return person


def _only_admin(actor: Actor) -> None:
    if not actor.is_system and not actor.person.holds(Role.ADMIN):
        raise Refused(Reason.NOT_YOURS, action="invite")
