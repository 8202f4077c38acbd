"""From what is owed to what is seen: the painter reads what a notice is about, and no more."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.painter import Painter
from bot.sheet import Sheet
from tests.unit.words.given import AGENCY, AT, BOOK, CHEN, LIN, SPEECH, ZHOU, case, person, view
from workflows.cases.case import Action, Case, CaseId, State
from workflows.cases.consequences import Because
from workflows.duty.kept import AbsenceView, Board, LastShifts, Staff, SwapView
from workflows.duty.shift import AbsenceId, Swap, SwapId, Turn
from workflows.emergency.emergency import Emergency
from workflows.emergency.kept import EmergencyPage
from workflows.escalation.digest import Gathered
from workflows.escalation.ladder import Level
from workflows.evidence.risk import Seen
from workflows.hotline.draft import Draft, DraftKind, DraftState
from workflows.hotline.intake import Intake
from workflows.lists import Listed, Mark, Pile, Wanted
from workflows.notices import Address, DraftId, Notice, NoticeKind
from workflows.people import Agency, AreaCode, Person, PersonId, Role
from workflows.ports import Caller
from workflows.privacy.carriage import EVERYTHING
from workflows.rails import Owed
from workflows.refusals import Reason, Refused
from workflows.views import CaseView, Lessons, Tally

NOW = AT + timedelta(minutes=20)


class Calls:
    """No call-out was ever made."""

    async def counts(self, *_: object) -> Mapping[str, int]:
        return {}

    async def call(self, *_: object) -> None:
        raise Refused(Reason.NO_SUCH_CALL)


NOBODY_CALLED = Calls()


class Emergencies:
    """There never was one."""

    async def holding(self, *_: object) -> tuple[Emergency, ...]:
        return ()

    async def page(self, *_: object) -> EmergencyPage:
        return EmergencyPage((), (), 0, {})

    async def one(self, *_: object) -> None:
        raise Refused(Reason.NO_SUCH_EMERGENCY)


NO_EMERGENCY = Emergencies()


@dataclass
class Shelf:
    """What there is to read, and a list of the callers' numbers that were read."""

    cases: Mapping[CaseId, Case] = field(default_factory=dict)
    drafts: Mapping[DraftId, Draft] = field(default_factory=dict)
    numbers_read: list[CaseId] = field(default_factory=list)

    async def case(self, case_id: CaseId) -> CaseView:
        if case_id not in self.cases:
            raise Refused(Reason.NO_SUCH_CASE, case_id=case_id)
        return view(self.cases[case_id])

    async def draft(self, draft_id: DraftId) -> Draft:
        if draft_id not in self.drafts:
            raise Refused(Reason.NO_SUCH_DRAFT)
        return self.drafts[draft_id]

    async def open_draft(self, person: PersonId) -> Draft | None:
        return next((d for d in self.drafts.values() if d.person == person), None)

    async def caller(self, reader: Person, case_id: CaseId) -> Caller | None:
        assert reader.roles == {Role.WORKER}
        self.numbers_read.append(case_id)
        return Caller("王女士", "13812345678")

    async def tasks(self, reader: Person) -> tuple[Case, ...]:
        return tuple(c for c in self.cases.values() if c.assignee == reader.id)

    async def to_review(self, reader: Person) -> tuple[Seen, ...]:
        return tuple(Seen(c, (), (), None) for c in await self.tasks(reader))

    async def waiting(self, reader: Person, at: datetime) -> tuple[Case, ...]:
        return await self.tasks(reader) if at else ()

    async def listed(self, reader: Person, wanted: Wanted) -> Listed:
        mine = await self.tasks(reader)
        return Listed(mine, len(mine), marks=tuple(Mark(c.id) for c in mine if wanted))

    async def piles(self, reader: Person, at: datetime) -> tuple[Pile, ...]:
        return (Pile(State.HANDLING, len(self.cases), 0),) if reader and at else ()

    async def names(self, ids: Sequence[PersonId]) -> Mapping[PersonId, str]:
        return dict.fromkeys(ids, "林秀英")

    async def suspended(self, reader: Person) -> tuple[Case, ...]:
        return tuple(c for c in self.cases.values() if c.state is State.SUSPENDED and reader)

    async def colleagues(self, case: Case, at: datetime) -> tuple[Person, ...]:
        return (person(Role.WORKER, PersonId(11)),) if case.is_open and at else ()

    async def gathered(self, digest: str) -> tuple[Gathered, ...]:
        return tuple(Gathered(c, Level.L2) for c in self.cases.values() if digest)

    async def tally(self, area: AreaCode, since: datetime, at: datetime) -> Tally:
        assert at - since == timedelta(hours=24)
        return Tally({State.HANDLING: len(area)}, (), (), 0, 0)

    @property
    def joint(self) -> "Calls":
        return NOBODY_CALLED

    @property
    def emergencies(self) -> "Emergencies":
        return NO_EMERGENCY

    @property
    def rosters(self) -> "Rosters":
        return NO_ROSTERS

    @property
    def proposals(self) -> "Proposals":
        return NO_PROPOSALS

    async def holders(self, role: Role) -> tuple[Person, ...]:
        return (person(role),)

    async def taught(self, most: int, skip: int) -> Lessons:
        return Lessons((), {}, 0 * (most + skip))

    async def agencies(self, area: AreaCode | None) -> tuple[Agency, ...]:
        return (AGENCY,) if area else ()


class Proposals:
    """Nobody has asked for anything that takes two people."""

    async def one(self, number: int) -> None:
        raise Refused(Reason.NO_SUCH_PROPOSAL, number=number)

    async def alive(self, _: datetime) -> tuple[()]:
        return ()

    async def over(self, _: int) -> tuple[()]:
        return ()


NO_PROPOSALS = Proposals()


class Rosters:
    """Nobody has shifts, nobody swaps, nobody is away."""

    async def board(self, reader: Person, turn: Turn) -> Board:
        return Board(Staff((reader,) if turn else ()))

    async def last_shifts(self, people: Collection[PersonId]) -> LastShifts:
        assert people
        return {}

    async def asked(self, number: PersonId) -> tuple[Swap, ...]:
        assert number
        return ()

    async def swap(self, number: SwapId) -> SwapView:
        raise Refused(Reason.NO_SUCH_SWAP, swap=number)

    async def absence(self, number: AbsenceId) -> AbsenceView:
        raise Refused(Reason.NO_SUCH_ABSENCE, absence=number)


NO_ROSTERS = Rosters()


def shelf(*cases: Case, drafts: tuple[Draft, ...] = ()) -> Shelf:
    return Shelf({c.id: c for c in cases}, {d.id: d for d in drafts})


def owed(kind: NoticeKind, reader: Person | None, **more: Any) -> Owed:
    row = {name: more.pop(name) for name in ("live", "unknowns", "language") if name in more}
    notice = Notice(
        to=reader.id if reader else Address("telegram", "5"), kind=kind, key="k", **more
    )
    plain = Owed(
        id=1,
        fence=1,
        notice=notice,
        address=Address("telegram", "5"),
        reader=reader,
        language=reader.language if reader else "zh-hans",
        live=None,
        attempts=1,
        unknowns=0,
        owed_at=AT,
    )
    return replace(plain, **row)


def address_of(payload: str) -> str:
    return f"https://example.invalid/{payload}"


async def seen(views: Shelf, message: Owed) -> Sheet | None:
    painter = Painter(views, BOOK, SPEECH, address_of, lambda _: EVERYTHING)
    return await painter.paint(message, NOW)


def question(state: DraftState = DraftState.OPEN, **body: Any) -> Draft:
    full = {"action": Action.REASSIGN, "case": 42, **body}
    return Draft(DraftId(7), CHEN, DraftKind.ASK, state, 1, AT, AT, full)


WORKER = person(Role.WORKER, LIN)
CHIEF = person(Role.DUTY_CHIEF)


async def test_an_order_reaches_its_worker_as_a_card() -> None:
    order = owed(
        NoticeKind.CASE, WORKER, case_id=CaseId(42), because=Because.NEW_ORDER, subject="case:42"
    )
    sheet = await seen(shelf(case(State.PENDING_SIGN)), order)
    assert sheet is not None
    assert sheet.card.lines[0] == "新工单，请签收。"


async def test_an_alert_for_a_case_that_has_ended_is_not_sent() -> None:
    alert = owed(NoticeKind.CASE, CHIEF, case_id=CaseId(42), because=Level.L3)
    assert await seen(shelf(case(State.CLOSED)), alert) is None


async def test_what_no_longer_exists_is_not_sent() -> None:
    assert await seen(shelf(), owed(NoticeKind.CASE, WORKER, case_id=CaseId(42))) is None
    assert await seen(shelf(), owed(NoticeKind.DRAFT, WORKER, data={"draft": 9})) is None


async def test_a_question_answered_before_it_was_shown_is_not_sent() -> None:
    answered = question(DraftState.DONE, answer={"worker": 11})
    never_shown = owed(NoticeKind.ASK, CHIEF, data={"draft": 7})
    assert await seen(shelf(case(), drafts=(answered,)), never_shown) is None
    shown = replace(never_shown, live={"message": 3})
    sheet = await seen(shelf(case(), drafts=(answered,)), shown)
    assert sheet is not None
    assert sheet.choices == ()


async def test_a_question_who_goes_offers_the_colleagues_on_duty() -> None:
    asked = owed(NoticeKind.ASK, CHIEF, data={"draft": 7})
    sheet = await seen(shelf(case(), drafts=(question(),)), asked)
    assert sheet is not None
    assert [offer.args for offer in sheet.offers] == [{"worker": 11}, {}]


async def test_which_case_offers_the_workers_own_open_cases() -> None:
    parked = replace(question(action="show_work", shown={}), person=LIN)
    others = [replace(case(state), id=CaseId(n)) for n, state in enumerate(State, 50)]
    asked = owed(NoticeKind.ASK, WORKER, data={"draft": 7})
    sheet = await seen(shelf(case(), *others, drafts=(parked,)), asked)
    assert sheet is not None
    numbers = {offer.args["case"] for offer in sheet.offers}
    with_worker = {c.id for c in others if c.state in {State.PENDING_SIGN, State.HANDLING}}
    assert numbers == {42} | with_worker


async def test_the_form_is_shown_to_whoever_writes_it() -> None:
    body = Intake(words="井盖坏了").as_json()
    draft = Draft(DraftId(7), ZHOU, DraftKind.INTAKE, DraftState.OPEN, 1, AT, AT, body)
    shown = owed(NoticeKind.DRAFT, person(Role.OPERATOR, ZHOU), data={"draft": 7})
    sheet = await seen(shelf(drafts=(draft,)), shown)
    assert sheet is not None
    assert "💬 井盖坏了" in sheet.card.lines


async def test_only_a_revealing_message_reads_a_callers_number() -> None:
    views = shelf(case())
    for kind in NoticeKind:
        data = {"draft": 7, "what": "language_chosen", "reason": Reason.UNKNOWN_WORDS}
        data |= {"token": "t", "name": "n", "until": AT.isoformat(), "call": 7, "digest": "d"}
        data |= {"by": 7, "why": ["many"], "at": AT.isoformat()}
        data |= {
            "proposal": 7,
            "emergency": 7,
            "swap": 7,
            "absence": 7,
            "from": AT.isoformat(),
            "seconds": 3600,
        }
        if kind is NoticeKind.SHIFT_GIVEN:
            data |= {"from": 1, "to": 2, "by": 3, "starts": AT.isoformat(), "ends": AT.isoformat()}
        if kind is not NoticeKind.CALLER:
            await seen(views, owed(kind, CHIEF, case_id=CaseId(42), data=data))
    assert views.numbers_read == []
    await seen(views, owed(NoticeKind.CALLER, WORKER, case_id=CaseId(42)))
    assert views.numbers_read == [42]


async def test_a_message_that_comes_after_its_minute_shows_no_number() -> None:
    views = shelf(case())
    late = {"until": (AT + timedelta(seconds=4)).isoformat()}
    sheet = await seen(views, owed(NoticeKind.CALLER, WORKER, case_id=CaseId(42), data=late))
    assert sheet is not None
    assert sheet.card.head == "🔒 #42 号码已收起"
    over = owed(NoticeKind.CALLER, WORKER, case_id=CaseId(42), data={"over": True})
    assert await seen(views, over) is None
    assert views.numbers_read == []


async def test_a_stranger_is_answered_in_the_language_of_their_phone() -> None:
    knock = owed(NoticeKind.STRANGER, None, data={"reason": Reason.STRANGER, "language": "zh"})
    sheet = await seen(shelf(), knock)
    assert sheet is not None
    assert sheet.card.head.startswith("您好！")
    english = await seen(shelf(), replace(knock, language="fr"))
    assert english is not None
    assert english.card.head.startswith("Hello!")


async def test_a_refusal_is_told_as_it_was_stored() -> None:
    data = {"reason": "which_case", "data": {"cases": [42, 43], "action": "submit"}}
    sheet = await seen(shelf(), owed(NoticeKind.REFUSED, WORKER, data=data))
    assert sheet is not None
    assert sheet.card.head == "是哪一件？请带上编号，例如“完成 42”。"
    assert [offer.args["case"] for offer in sheet.offers] == [42, 43]


async def test_what_may_have_arrived_already_says_that_it_is_a_repeat() -> None:
    data = {"what": "photo_too_large"}
    again = owed(NoticeKind.SAID, WORKER, case_id=CaseId(42), data=data, unknowns=1)
    sheet = await seen(shelf(), again)
    assert sheet is not None
    assert sheet.card.head.startswith("重发：#42")


async def test_an_invitation_carries_the_whole_link() -> None:
    data = {"token": "secret", "name": "王磊", "until": AT.isoformat()}
    sheet = await seen(shelf(), owed(NoticeKind.INVITE, person(Role.ADMIN), data=data))
    assert sheet is not None
    assert sheet.card.link == "https://example.invalid/secret"


async def test_a_summary_covers_the_widest_area_its_reader_watches() -> None:
    sheet = await seen(shelf(), owed(NoticeKind.SUMMARY, CHIEF, data={"slot": "x"}))
    assert sheet is not None
    assert "处置中：6 件" in sheet.card.lines


@pytest.mark.parametrize("kind", [NoticeKind.RECEIPT, NoticeKind.MENU])
async def test_what_is_no_message_of_its_own_is_not_painted(kind: NoticeKind) -> None:
    assert await seen(shelf(case()), owed(kind, WORKER, case_id=CaseId(42))) is None
