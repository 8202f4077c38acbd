"""Nothing that was planted comes through the veil, whatever is painted and for whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from bot.painter import _BRUSHES, Painter
from bot.sheet import Sheet
from bot.veil import LOCK, Veil
from tests.unit.words.given import (
    AT,
    BOOK,
    CHEN,
    GRID,
    LIN,
    SPEECH,
    ZHOU,
    case,
    did,
    person,
    photo,
)
from tests.unit.words.given import view as plain_view
from tests.unit.words.test_painter import NOW, Emergencies, Shelf, address_of, owed
from workflows.approving.kept import ProposalView
from workflows.approving.proposal import Proposal, ProposalId, ProposalKind
from workflows.cases.case import (
    Action,
    Case,
    CaseId,
    ContactResult,
    HandedIn,
    Order,
    Place,
    Point,
    Stage,
    State,
)
from workflows.cases.check import Check
from workflows.cases.consequences import Because
from workflows.cases.questions import KEYS, QUESTIONS
from workflows.deadlines.limits import Limit, Unit
from workflows.emergency.emergency import Emergency
from workflows.emergency.kept import EmergencyPage, EmergencyView
from workflows.emergency.under import EmergencyId, ModeKey
from workflows.escalation.ladder import Level
from workflows.exporting.kept import MadeFile
from workflows.exporting.wish import ExportWish
from workflows.hotline.draft import Draft, DraftKind, DraftState
from workflows.hotline.intake import Intake
from workflows.joint.call_out import Called, CallId, CallOut, Ground, Reply, Wanted
from workflows.joint.kept import CallView
from workflows.joint.part import Part, WhistleKind
from workflows.notices import DraftId, NoticeKind
from workflows.people import AgencyCode, AreaCode, Person, PersonId, Role
from workflows.ports import Caller
from workflows.privacy.carriage import EVERYTHING, NOTHING, Load, Piece
from workflows.refusals import Reason, Refused
from workflows.requests.request import Request, RequestKind, RequestState
from workflows.supervision.order import OrderKind, SupervisionOrder
from workflows.views import CaseView

MARK = "植"
"""Stands in everything that is planted, and in no word of ours."""
PHONE = "13900001111"
PLANTED = (MARK, PHONE, "0000", "1111")


def planted(words: str) -> str:
    return f"{MARK}{words}{PHONE}"


def full_case(state: State) -> Case:
    """Every field in which somebody's words, names or numbers can stand has some."""
    order = Order(
        planted("王"),
        f"139****{PHONE[-4:]}",
        contact=ContactResult.REACHED,
        contacted_at=AT,
        contact_note=planted("说"),
        reply=planted("答"),
        citizens_words=planted("骂"),
    )
    request = Request(
        RequestKind.RETURN,
        RequestState.ASKED,
        LIN,
        AT,
        code="other",
        words=planted("退"),
        proof=planted("证"),
        document=planted("文"),
        decided_words=planted("批"),
    )
    supervision = SupervisionOrder(
        OrderKind.ORDER, planted("令"), CHEN, AT, Limit(4, Unit.WORK_HOUR), reply=planted("复")
    )
    part = Part(
        AgencyCode("MUN-101"),
        "河东镇市政所",
        "Hedong Municipal Office",
        WhistleKind.PROMINENT,
        planted("哨"),
        CHEN,
        AT,
        AT + timedelta(hours=4),
        report=planted("报"),
    )
    return case(
        state,
        words=planted("井盖"),
        place=Place(planted("路"), Point(31.123456, 121.654321), GRID, "河东镇第三网格"),
        order=order,
        note=planted("注"),
        latest_reason=planted("因"),
        handed_in=HandedIn(AT, unshown=planted("缺")),
        check=Check(CHEN, planted("查"), note=planted("果")),
        source_number=planted("号"),
        requests=(request,),
        supervisions=(supervision,),
        parts=(part,),
    )


NAMES = {number: planted("人") for number in (LIN, ZHOU, CHEN, PersonId(11))}


def full_view(of: Case) -> CaseView:
    details = {
        "reason": planted("由"),
        "words": planted("词"),
        "worker": LIN,
        "new": planted("新"),
    }
    journal = [
        replace(did(action, LIN, minute, details=details), person_name=planted("人"))
        for minute, action in enumerate(Action)
    ]
    photos = tuple(photo(number, stage) for number, stage in enumerate(Stage))
    return replace(plain_view(of, *journal, photos=photos), names=NAMES)


class PlantedCalls:
    """One call-out, with words everywhere."""

    async def counts(self, *_: object) -> Mapping[str, int]:
        return {planted("人"): 3}

    async def call(self, *_: object) -> CallView:
        wanted = Wanted(
            GRID,
            "河东镇第三网格",
            Ground.OTHER,
            planted("集合"),
            None,
            planted("为"),
            planted("处"),
        )
        called = Called(LIN, Reply.WHERE, planted("不来"), AT)
        return CallView(CallOut(CallId(7), CHEN, AT, wanted, (called,)), NAMES, 2)


class PlantedEmergencies(Emergencies):
    """One emergency, with a reason."""

    def _one(self) -> Emergency:
        return Emergency(
            id=EmergencyId(7),
            mode=ModeKey("typhoon"),
            area=AreaCode("310112"),
            area_name="河东",
            hours=12,
            reason=planted("风"),
            asked_by=CHEN,
            asked_at=AT,
            asked=(LIN,),
            lapses_at=AT + timedelta(hours=1),
        )

    async def page(self, *_: object) -> EmergencyPage:
        return EmergencyPage((self._one(),), (), 1, NAMES)

    async def one(self, *_: object) -> EmergencyView:
        return EmergencyView(self._one(), NAMES, replace(person(Role.ADMIN), name=planted("人")))


@dataclass
class PlantedProposals:
    """One export that was approved and one that waits, with words in every field."""

    async def one(self, *_: object) -> ProposalView:
        wish = ExportWish(
            AT.isoformat(), NOW.isoformat(), "310112", "河东", callers=True, token="t-1"
        )
        proposal = Proposal(
            id=ProposalId(7),
            kind=ProposalKind.EXPORT,
            what=wish.as_json(),
            digest="d",
            area=AreaCode("310112"),
            purpose=planted("为"),
            asked_by=CHEN,
            asked_at=AT,
            asked=(LIN,),
            lapses_at=NOW + timedelta(hours=1),
            operator=planted("机"),
        )
        return ProposalView(proposal, NAMES, replace(person(Role.ACCEPTOR), name=planted("人")))

    async def alive(self, *_: object) -> tuple[ProposalView, ...]:
        return (await self.one(),)

    async def over(self, *_: object) -> tuple[ProposalView, ...]:
        return (await self.one(),)


class PlantedExports:
    """A made file, whose name says nothing of anybody."""

    async def file(self, *_: object) -> MadeFile:
        return MadeFile("paidan-t-1.xlsx", 4096)


class Garden(Shelf):
    """A shelf on which everything was planted."""

    async def case(self, case_id: CaseId) -> CaseView:
        return full_view(self.cases[case_id])

    async def caller(self, reader: Person, case_id: CaseId) -> Caller | None:
        assert reader.active
        return Caller(planted("王"), PHONE, planted("话"), planted("址")) if case_id else None

    async def names(self, ids: Sequence[PersonId]) -> Mapping[PersonId, str]:
        return dict.fromkeys(ids, planted("人"))

    async def colleagues(self, case: Case, at: Any) -> tuple[Person, ...]:
        found = await super().colleagues(case, at)
        return tuple(replace(one, name=planted("人")) for one in found)

    @property
    def joint(self) -> Any:
        return PlantedCalls()

    @property
    def emergencies(self) -> Any:
        return PlantedEmergencies()

    @property
    def proposals(self) -> Any:
        return PlantedProposals()

    @property
    def exports(self) -> Any:
        return PlantedExports()


def intake(state: DraftState) -> Draft:
    form = Intake(
        words=planted("井盖"),
        class_code="01001",
        condition_id="01001-1",
        resting_on=(planted("井"),),
        place_words=planted("路"),
        area="310112101-03",
        area_name="河东镇第三网格",
        caller_name=planted("王"),
        phone=PHONE,
        caller_address=planted("址"),
        caller_known=True,
        forwarded_from=planted("转"),
        told=planted("告"),
    )
    return Draft(DraftId(7), CHEN, DraftKind.INTAKE, state, 1, AT, AT, form.as_json())


async def painted(views: Shelf, message: Any, load: Load = NOTHING) -> Sheet | None:
    return await Painter(views, BOOK, SPEECH, address_of, lambda _: load).paint(message, NOW)


def shown(sheet: Sheet) -> str:
    card = sheet.card
    labels = (choice.label for row in sheet.choices for choice in row)
    more = (card.no_picture, card.place_title, *card.keyboard)
    return "\n".join((card.plain(), *more, *(shot.caption for shot in card.pictures), *labels))


def assert_veiled(sheet: Sheet) -> None:
    text = shown(sheet)
    assert [word for word in PLANTED if word in text] == [], text
    assert sheet.card.pictures == ()
    assert sheet.card.place is None


ROLES = [role for role in Role if role not in {Role.SYSTEM, Role.AUDITOR}]
REASONS = ["", *Because, *Level]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("state", [state for state in State if state is not State.DRAFT])
async def test_no_card_of_a_case_tells_what_was_planted(state: State, language: str) -> None:
    views = Garden({CaseId(42): full_case(state)})
    for role in ROLES:
        for number in (LIN, ZHOU, CHEN):
            reader = replace(person(role, number, language), name=planted("人"))
            sheet = await painted(views, owed(NoticeKind.CASE, reader, case_id=CaseId(42)))
            if sheet is not None:
                assert_veiled(sheet)
                assert "#42" in sheet.card.head


@pytest.mark.parametrize("because", REASONS)
async def test_no_reason_for_a_card_tells_what_was_planted(because: str) -> None:
    views = Garden({CaseId(42): full_case(State.HANDLING)})
    data = {"news": [], "instead": "off_shift", "of": 7}
    for reader in (person(Role.WORKER, LIN), person(Role.DUTY_CHIEF), person(Role.ADMIN)):
        told = owed(NoticeKind.CASE, reader, case_id=CaseId(42), because=because, data=data)
        sheet = await painted(views, told)
        if sheet is not None:
            assert_veiled(sheet)


def data_of(kind: NoticeKind) -> dict[str, Any]:
    """What every notice may carry, each piece of text planted."""
    data: dict[str, Any] = {
        "draft": 7,
        "what": "language_chosen",
        "name": planted("人"),
        "reason": Reason.UNKNOWN_WORDS if kind is not NoticeKind.LOOKED else planted("看"),
        "data": {"name": planted("人"), "who": planted("人"), "case_id": int(PHONE)},
        "token": "t",
        "until": AT.isoformat(),
        "at": AT.isoformat(),
        "by": 7,
        "why": ["many"],
        "call": 7,
        "digest": "d",
        "emergency": 7,
        "proposal": 7,
        "seconds": 3600,
        "words": planted("词"),
        "said": planted("词"),
        "swap": 7,
        "absence": 7,
        "from": AT.isoformat(),
    }
    if kind is NoticeKind.CALLER:
        del data["until"]
    if kind is NoticeKind.SHIFT_GIVEN:
        data |= {"from": 1, "to": 2, "by": 3, "starts": AT.isoformat(), "ends": AT.isoformat()}
    return data


@pytest.mark.parametrize("kind", list(_BRUSHES))
@pytest.mark.parametrize("draft", list(DraftState))
async def test_no_kind_of_message_tells_what_was_planted(
    kind: NoticeKind, draft: DraftState
) -> None:
    cases = {CaseId(42): full_case(State.HANDLING)}
    drafts = {DraftId(7): intake(draft)}
    if kind is NoticeKind.ASK:
        body = {"action": Action.REASSIGN, "case": 42, "answer": {"reason": planted("由")}}
        drafts = {DraftId(7): replace(drafts[DraftId(7)], kind=DraftKind.ASK, body=body)}
    views = Garden(cases, drafts)
    for role in (Role.OPERATOR, Role.WORKER, Role.DUTY_CHIEF, Role.SUPERVISOR, Role.ADMIN):
        reader = replace(person(role), name=planted("人"))
        message = owed(kind, reader, case_id=CaseId(42), data=data_of(kind), live={"m": 1})
        sheet = await painted(views, message)
        if sheet is not None:
            assert_veiled(sheet)


ASKED = [(action, question) for action, asked in QUESTIONS.items() for question in asked]


@pytest.mark.parametrize(("action", "question"), ASKED)
async def test_no_question_tells_what_was_planted(action: Action, question: Any) -> None:
    """Every question of every act, with a typed answer to each one before it."""
    typed = {"reason", "reply", "note", "citizens_words", "told", "document"}
    answer = {key: planted("答") for key in typed & set(KEYS.values())}
    body = {"action": action, "case": 42, "question": question, "answer": answer}
    asked = Draft(DraftId(7), CHEN, DraftKind.ASK, DraftState.OPEN, 1, AT, AT, body)
    views = Garden({CaseId(42): full_case(State.HANDLING)}, {DraftId(7): asked})
    sheet = await painted(views, owed(NoticeKind.ASK, person(Role.DUTY_CHIEF), data={"draft": 7}))
    assert sheet is not None
    assert_veiled(sheet)


@pytest.mark.parametrize("reason", list(Reason))
def test_no_refusal_quotes_what_was_typed(reason: Reason) -> None:
    typed = ("name", "who", "case_id", "code", "class_code", "state", "words", "number")
    quoting = Refused(reason, **dict.fromkeys(typed, planted("字")), once="x", missing=["words"])
    veiled = Veil(NOTHING).refusal(quoting)
    assert all(MARK not in str(value) for value in veiled.data.values())
    assert Veil(NOTHING).refusal(Refused(reason, case_id=int(PHONE))).data["case_id"] == LOCK


@dataclass(frozen=True)
class Newcomer:
    """A record that nobody has thought of yet."""

    novelty: str
    state: str


def test_a_field_that_nobody_has_named_is_left_out() -> None:
    assert Veil(NOTHING)(Newcomer("任何话", "handling")) == Newcomer(LOCK, "handling")
    assert Veil(NOTHING)(Newcomer("any", PHONE)) == Newcomer(LOCK, LOCK)
    assert Veil(NOTHING)({"novelty": ["any", {"deep": "any"}]}) == {
        "novelty": [LOCK, {"deep": LOCK}]
    }


@pytest.mark.parametrize(
    ("piece", "words"),
    [
        (Piece.WORDS, planted("井盖")),
        (Piece.PLACE, planted("路")),
        (Piece.NOTES, planted("注")),
        (Piece.COLLEAGUES, planted("人")),
    ],
)
async def test_a_piece_that_is_allowed_comes_through(piece: Piece, words: str) -> None:
    views = Garden({CaseId(42): full_case(State.FEEDBACK_REVIEW)})
    message = owed(NoticeKind.CASE, person(Role.ACCEPTOR), case_id=CaseId(42))
    whole = await painted(views, message, EVERYTHING)
    without = await painted(views, message, EVERYTHING - {piece})
    assert whole is not None
    assert without is not None
    known = words[:2]
    assert known in shown(whole)
    assert known not in shown(without)
    assert without.left_out
    assert not whole.left_out


async def test_a_messenger_that_takes_no_exports_shows_whole_cards() -> None:
    views = Garden({CaseId(42): full_case(State.HANDLING)})
    message = owed(NoticeKind.CASE, person(Role.WORKER, LIN), case_id=CaseId(42))
    whole = await painted(views, message, EVERYTHING)
    assert await painted(views, message, EVERYTHING - {Piece.EXPORTS}) == whole


async def test_a_file_of_cases_goes_only_where_exports_may_go() -> None:
    message = owed(NoticeKind.EXPORT_FILE, person(Role.ACCEPTOR), data={"proposal": 7})
    whole = await painted(Garden({}), message, EVERYTHING)
    without = await painted(Garden({}), message, EVERYTHING - {Piece.EXPORTS})
    assert whole is not None
    assert without is not None
    assert whole.card.document is not None
    assert without.card.document is None
    assert "run.py export fetch 7" in without.card.plain()


async def test_a_button_does_what_it_says_although_its_answer_is_left_out() -> None:
    answer = {"fact": "true", "demand": "reasonable", "outcome": "solved", "reply": planted("答")}
    body = {"action": Action.APPROVE, "case": 42, "question": "reply", "answer": answer}
    body |= {"preview": planted("读")}
    asked = Draft(DraftId(7), CHEN, DraftKind.ASK, DraftState.OPEN, 1, AT, AT, body)
    views = Garden({CaseId(42): full_case(State.FEEDBACK_REVIEW)}, {DraftId(7): asked})
    message = owed(NoticeKind.ASK, person(Role.ACCEPTOR), data={"draft": 7})
    veiled, whole = await painted(views, message), await painted(views, message, EVERYTHING)
    assert veiled is not None
    assert whole is not None
    assert veiled.offers == whole.offers
    assert any(MARK in str(offer.args) for offer in veiled.offers)


async def test_coarse_place_class_and_number_always_come_through() -> None:
    views = Garden({CaseId(42): full_case(State.HANDLING)})
    sheet = await painted(
        views, owed(NoticeKind.CASE, person(Role.WORKER, LIN), case_id=CaseId(42))
    )
    assert sheet is not None
    text = shown(sheet)
    assert "河东镇第三网格" in text
    assert "#42" in text
    assert sheet.left_out
