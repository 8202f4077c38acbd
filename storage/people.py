"""People, their posts and how they come in, inside one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, insert, not_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.duty import HAS_LEFT, on_duty, on_shift
from storage.enrolment import accept, cancel_invitations
from storage.person_rows import holding, people_from, with_posts
from storage.rows.people import invitations, people, posts
from workflows.notices import Address
from workflows.people import AgencyCode, AreaCode, Person, PersonId, Post, Role
from workflows.ports import Invitation
from workflows.refusals import Reason, Refused

ONE: Final = with_posts().where(people.c.id == bindparam("person"))
NAMES: Final = select(people.c.id, people.c.name).where(
    people.c.id.in_(bindparam("people", expanding=True))
)
REACHABLE: Final = select(people.c.id).where(
    people.c.id == bindparam("person"), people.c.active, not_(HAS_LEFT)
)


@dataclass(frozen=True, slots=True)
class StoredPeople:
    """Implements `workflows.ports.People`."""

    connection: AsyncConnection

    async def get(self, person_id: PersonId) -> Person:
        found = people_from(await self.connection.execute(ONE, {"person": person_id}))
        if not found:
            raise Refused(Reason.NO_SUCH_PERSON, person=person_id)
        return found[0]

    async def on_duty(
        self, role: Role, area: AreaCode | None, agency: AgencyCode | None, at: datetime
    ) -> tuple[Person, ...]:
        return people_from(await self.connection.execute(*on_duty(role, area, agency, at)))

    async def is_on_shift(self, person: PersonId, at: datetime) -> bool:
        return (await self.connection.execute(*on_shift(person, at))).one_or_none() is not None

    async def is_reachable(self, person_id: PersonId) -> bool:
        found = await self.connection.execute(REACHABLE, {"person": person_id})
        return found.first() is not None

    async def holders(self, role: Role) -> tuple[Person, ...]:
        return people_from(await self.connection.execute(holding(role)))

    async def create(self, name: str, language: str, posts: Sequence[Post]) -> Person:
        adding = insert(people).values(name=name, language=language, active=True)
        number = (await self.connection.execute(adding.returning(people.c.id))).scalar_one()
        await give_posts(self.connection, PersonId(number), posts)
        return await self.get(PersonId(number))

    async def dismiss(self, person_id: PersonId) -> None:
        """Their chat stays known, so that whoever writes from it is told why nothing happens."""
        await self._change(person_id, active=False)
        await cancel_invitations(self.connection, person_id)

    async def choose_language(self, person_id: PersonId, language: str) -> None:
        await self._change(person_id, language=language)

    async def invite(self, invitation: Invitation) -> None:
        await cancel_invitations(self.connection, invitation.person)
        await self.connection.execute(
            insert(invitations).values(
                token_sha256=invitation.token_sha256,
                person_id=invitation.person,
                made_by=invitation.made_by,
                expires_at=invitation.expires_at,
                cancelled=False,
            )
        )

    async def accept(
        self, token_sha256: str, address: Address, at: datetime
    ) -> tuple[Person, PersonId]:
        person, made_by = await accept(self.connection, token_sha256, address, at)
        return await self.get(person), made_by

    async def names(self, ids: Sequence[PersonId]) -> Mapping[PersonId, str]:
        rows = await self.connection.execute(NAMES, {"people": list(set(ids))})
        return {PersonId(row.id): row.name for row in rows}

    async def _change(self, person_id: PersonId, **values: object) -> None:
        changing = update(people).where(people.c.id == person_id).values(**values)
        if (await self.connection.execute(changing)).rowcount == 0:
            raise Refused(Reason.NO_SUCH_PERSON, person=person_id)


async def give_posts(connection: AsyncConnection, person: PersonId, given: Sequence[Post]) -> None:
    rows = [
        {
            "person_id": person,
            "role": post.role.value,
            "area": post.area,
            "agency": post.agency,
        }
        for post in given
    ]
    if rows:
        await connection.execute(insert(posts), rows)
