"""People and cases as a test needs them, and a clock that only a test moves."""

import itertools
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from bot.exporting.writer import Writers
from bot.hearing.ear import CatalogueEar
from bot.hearing.likeness import TextLikeness
from bot.i18n import Speech
from storage.assembly import Storage
from tests.lawbook import book
from workflows import Outside, Workflows, assemble
from workflows.cases.case import Case, CaseId, Place, Source, State
from workflows.notices import Address, Notice, NoticeKind, case_subject
from workflows.people import SYSTEM, AgencyCode, AreaCode, Person, Post, Role
from workflows.policy.load import load_policy
from workflows.ports import Caller, Invitation, Work

AREA = AreaCode("310112101-03")
AGENCY = AgencyCode("WTR-1")


@dataclass
class HandClock:
    """Time stands still until a test moves it."""

    now: datetime = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> datetime:
        self.now += timedelta(seconds=seconds)
        return self.now


@dataclass
class City:
    """People and cases as a test needs them, in few words."""

    storage: Storage
    clock: HandClock
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    async def person(
        self,
        role: Role = Role.WORKER,
        area: str = "310112",
        agency: str | None = AGENCY,
        name: str = "林",
    ) -> Person:
        post = Post(role, AreaCode(area), AgencyCode(agency) if agency else None)
        async with self.storage.begin() as work:
            return await work.people.create(name, "zh", [post])

    async def bound(self, chat: str = "", **kind: Any) -> tuple[Person, Address]:
        person = await self.person(**kind)
        address = Address("telegram", chat or f"chat-{person.id}")
        await self.bind(person, address)
        return person, address

    async def bind(self, person: Person, address: Address) -> None:
        token = f"token-{next(self.numbers)}"
        expires_at = self.clock() + timedelta(days=1)
        async with self.storage.begin() as work:
            await work.people.invite(Invitation(person.id, token, expires_at, SYSTEM.id))
            await work.people.accept(token, address, self.clock())

    async def case(self, **changes: Any) -> Case:
        now = self.clock()
        blank = Case(
            id=CaseId(0),
            state=State.REPORTED,
            version=0,
            class_code="01001",
            place=Place("中山路口", None, AREA, "七宝镇三格"),
            words="井盖坏了",
            source=Source.OPERATOR,
            reported_by=SYSTEM.id,
            reported_at=now,
            changed_at=now,
            profile="lean",
        )
        async with self.storage.begin() as work:
            return await work.cases.open(replace(blank, **changes))

    async def owe(self, to: Person | Address, **changes: Any) -> Notice:
        target = to.id if isinstance(to, Person) else to
        blank = Notice(to=target, kind=NoticeKind.CASE, key=f"key-{next(self.numbers)}")
        notice = replace(blank, **changes)
        async with self.storage.begin() as work:
            await work.owe(notice)
        return notice

    async def card(self, to: Person, number: int = 1, **changes: Any) -> Notice:
        return await self.owe(to, **{"subject": case_subject(CaseId(number)), **changes})


async def caller_of(storage: Storage, case_id: CaseId) -> Caller | None:
    """Who called, as a verb reads it."""
    async with storage.begin() as work:
        return await work.cases.caller(case_id)


def flows_of(storage: Storage, clock: HandClock) -> Workflows:
    """Every verb on this database, by the shipped policy."""
    policy = load_policy()
    numbers = itertools.count(1)
    rules = book("lean")
    return assemble(
        rules,
        Outside(
            storage.begin,
            clock,
            storage.views,
            storage.slots,
            CatalogueEar(policy),
            TextLikeness(),
            lambda: f"token-{next(numbers)}",
            Writers(rules, Speech.load(), Path(gettempdir(), "paidan-exports")),
        ),
    )


async def begin_and_fail(storage: Storage, act: Callable[[Work], Awaitable[object]]) -> None:
    """Do something in a transaction, then lose the power before it commits."""
    async with storage.begin() as work:
        await act(work)
        raise PowerCutError


class PowerCutError(Exception):
    """What a test raises in the middle of a transaction."""
