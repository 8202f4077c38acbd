"""Let people in: the administrator creates a person, a one-time link binds their chat."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Final

from workflows.notices import Address, Lane, Notice, NoticeKind
from workflows.people import SYSTEM, Actor, Person, PersonId, Post, Role
from workflows.ports import Begin, Clock, Entry, Invitation, Work
from workflows.privacy.scopes import Thing, must_have
from workflows.refusals import Reason, Refused
from workflows.team.guesses import MOST, WITHIN

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
        must_have(Thing.PEOPLE, actor)
        async with self.begin() as work:
            person = await work.people.create(name, language, posts)
            return await self._invite(work, actor, person)

    async def again(self, actor: Actor, person_id: PersonId) -> str:
        """A new link for somebody whose phone or account has changed; older links die."""
        must_have(Thing.PEOPLE, actor)
        async with self.begin() as work:
            return await self._invite(work, actor, await work.people.get(person_id))

    async def dismiss(self, actor: Actor, person_id: PersonId) -> None:
        """From this moment their buttons do nothing and nothing is sent to them."""
        must_have(Thing.PEOPLE, actor)
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
    """Bind a private chat to a person by the token of their link.

    Whoever tries too many that are none is not listened to for an hour, not even with a right
    one, and the administrators hear of it (durability.md 3, row 70).
    """

    begin: Begin
    now: Clock

    async def __call__(
        self, address: Address, token: str, *, private: bool, cause: str | None
    ) -> Person:
        """Raises Refused: ALREADY_BOUND, DISMISSED or any of INVITE_*."""
        if not private:
            raise Refused(Reason.INVITE_NOT_PRIVATE)
        await self._check_patience(address)
        try:
            return await self._bind(address, token, cause)
        except Refused as no:
            if no.reason is Reason.INVITE_UNKNOWN:
                await self._count(address)
            raise

    async def _check_patience(self, address: Address) -> None:
        async with self.begin() as work:
            wrong = await work.guesses.since(address, self.now() - WITHIN)
        if len(wrong) >= MOST:
            raise Refused(Reason.INVITE_TOO_OFTEN, at=(wrong[-MOST] + WITHIN).isoformat())

    async def _count(self, address: Address) -> None:
        """The last one that is listened to is told to the administrators."""
        at = self.now()
        async with self.begin() as work:
            await work.guesses.add(address, at)
            if len(await work.guesses.since(address, at - WITHIN)) < MOST:
                return
            await work.journal(Entry("guess_invites", SYSTEM.id, Role.SYSTEM, at))
            for admin in await work.people.holders(Role.ADMIN):
                key = f"guessed:{address.transport}:{address.chat}:{at.isoformat()}:{admin.id}"
                said = {"what": "invites_guessed", "number": MOST}
                await work.owe(Notice(admin.id, NoticeKind.SAID, key=key, data=said))

    async def _bind(self, address: Address, token: str, cause: str | None) -> Person:
        async with self.begin() as work:
            at = self.now()
            person, made_by = await work.people.accept(hash_of(token), address, at)
            role = next(iter(sorted(person.roles)), Role.WORKER)
            details = {"transport": address.transport}
            entry = Entry("accept_invite", person.id, role, at, cause=cause, details=details)
            await work.journal(entry)
            await work.owe(
                Notice(person.id, NoticeKind.WELCOME, key=f"welcome:{hash_of(token)}"),
                Notice(person.id, NoticeKind.MENU, key=f"menu:{hash_of(token)}", lane=Lane.EDIT),
            )
            if made_by != SYSTEM.id:
                said = {"what": "invite_used", "name": person.name}
                key = f"used:{hash_of(token)}"
                await work.owe(Notice(made_by, NoticeKind.SAID, key=key, data=said))
            await work.settle(cause)
        return person
