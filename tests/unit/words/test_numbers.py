"""Every card in every state, role and language keeps to the numbers of messaging.md 4.2."""

import unicodedata
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest

from bot.cards.case import case_sheet
from bot.cards.facts import head_due
from bot.cards.setting import Setting
from bot.cards.told import Told
from bot.chat import Weight
from bot.sheet import Choice, Sheet
from tests.unit.words.given import (
    AGENCY,
    BOOK,
    DISTRICT,
    LIN,
    NAMES,
    ZHOU,
    case,
    chen,
    did,
    lin,
    photo,
    reached,
    setting,
    view,
    zhou,
)
from workflows.cases.case import ENDED, Action, Case, CaseId, Stage, State
from workflows.cases.consequences import Because
from workflows.escalation.ladder import Level
from workflows.people import Actor, Person, PersonId, Post, Role
from workflows.views import CaseView

LONGEST = {
    "zh": max(BOOK.policy.catalogue.classes.values(), key=lambda c: len(c.zh)),
    "en": max(BOOK.policy.catalogue.classes.values(), key=lambda c: len(c.en)),
}
AN_HOUR, LATE, FIVE_DAYS = timedelta(hours=1), timedelta(days=12, hours=3), timedelta(days=-5)
PEOPLE = {role: chen(role) for role in Role} | {Role.WORKER: lin(), Role.OPERATOR: zhou()}
EVERYTHING = Actor(
    Person(
        LIN,
        NAMES[LIN],
        "zh",
        tuple(
            Post(role, DISTRICT, AGENCY.code if role in {Role.WORKER, Role.AGENCY_LEAD} else None)
            for role in Role
        ),
    )
)
TALKATIVE = "水从井口往外冒，路面全是泥，" * 40
states = pytest.mark.parametrize("state", [s for s in State if s is not State.DRAFT])
languages = pytest.mark.parametrize("language", ["zh", "en"])
HOW = (
    (AN_HOUR, Because.NEW_ORDER, True),
    (LATE, Level.L3, True),
    (LATE, Because.CLOSED, False),
    (FIVE_DAYS, Because.STUCK, False),
)


def worst(state: State, language: str, **changes: object) -> CaseView:
    """Longest class, six-digit number, and people who never stop writing."""
    longest = LONGEST[language].default
    made = case(state, longest.id, with_caller=True)
    made = replace(
        made,
        id=CaseId(123456),
        words=TALKATIVE,
        note=TALKATIVE[:500],
        latest_reason=TALKATIVE,
        rework_count=3,
        place=replace(made.place, words=TALKATIVE, area_name="很长的街道名字" * 9),
        stuck="outside_every_grid" if state is State.PENDING_DISPATCH else "",
        closed_at=made.changed_at if state in ENDED else None,
        photo_counts={Stage.AFTER: 10},
    )
    assert made.order is not None
    made = replace(made, order=replace(made.order, caller="王", reply=TALKATIVE[:500]))
    made = replace(made, **changes)
    journal = (
        did("sign_for", LIN, 2, from_state="pending_sign", to_state="handling"),
        did("first_contact", LIN, 3),
        did("submit", LIN, 4),
        did("escalate", PersonId(0), 5, Role.SYSTEM, details={"rung": "L2"}),
        did("rework", ZHOU, 6, Role.ACCEPTOR),
    )
    photos = tuple(
        photo(n, Stage.AFTER if n > 3 else Stage.BEFORE, reused_from=CaseId(900000 + n))
        for n in range(13)
    )
    return view(made, *journal, photos=photos)


@cache
def every_sheet(state: State, language: str) -> tuple[tuple[Sheet, Case, Setting], ...]:
    """Every reader, near and past the due time, with and without somebody who waits."""
    sheets = []
    for after, because, waits in HOW:
        seen = worst(state, language, **({} if waits else {"order": None}))
        for reader in (*PEOPLE.values(), EVERYTHING):
            where = setting(language, after)
            told = Told(because, repeat=because == Because.NEW_ORDER)
            sheets.append((case_sheet(seen, reader, told, where), seen.case, where))
    return tuple(sheets)


@states
@languages
def test_the_first_line_tells_number_class_and_time_on_a_locked_phone(
    state: State, language: str
) -> None:
    for sheet, of, where in every_sheet(state, language):
        seen = sheet.card.head[:30]
        due = head_due(of, where)
        assert "#123456" in seen
        assert due in seen
        assert LONGEST[language].zh[:2] in seen or LONGEST[language].en[:1] in sheet.card.head


@states
@languages
def test_a_card_has_room_everywhere(state: State, language: str) -> None:
    for sheet, _, _ in every_sheet(state, language):
        plain = sheet.card.plain()
        assert len(plain) <= 4096
        assert len(plain.encode()) <= 2048


@states
@languages
def test_a_card_has_few_buttons_and_one_that_is_big(state: State, language: str) -> None:
    for sheet, _, _ in every_sheet(state, language):
        rows = sheet.choices
        every = [choice for row in rows for choice in row]
        assert len(every) <= 5
        assert all(1 <= len(row) <= 2 for row in rows)
        assert sum(c.weight is Weight.PRIMARY for c in every) <= 1
        assert all(len(row) == 1 for row in rows if row[0].weight is not Weight.SECONDARY)
        assert not every or every[0].weight is not Weight.DANGER
        assert all(fits(choice, language) for choice in every)
        assert len({choice.label for choice in every}) == len(every)


@pytest.mark.parametrize("state", [State.PENDING_SIGN, State.HANDLING])
def test_a_worker_always_has_one_next_thing_to_press(state: State) -> None:
    for seen in (case(state), reached(case(state)), case(state, "01001-3", with_caller=False)):
        sheet = case_sheet(view(seen), lin(), Told(), setting())
        first = sheet.choices[0][0]
        assert first.weight is Weight.PRIMARY


@pytest.mark.parametrize("state", [State.CLOSED, State.VOIDED])
def test_a_card_of_an_ended_case_has_no_button_but_to_open_a_closed_one(state: State) -> None:
    for sheet, _, _ in every_sheet(state, "zh"):
        offered = [choice.offer.action for row in sheet.choices for choice in row]
        assert offered in ([], [Action.REOPEN] if state is State.CLOSED else [])


@states
def test_no_card_holds_a_full_telephone_number(state: State) -> None:
    talk = "请回电 13812345678 或 021-62345678，我姓王"
    seen = case(state, words=talk)
    seen = replace(seen, place=replace(seen.place, words="一号路，找 138 1234 5678"))
    for reader in (*PEOPLE.values(), EVERYTHING):
        card = case_sheet(view(seen), reader, Told(), setting()).card
        everything = card.plain() + card.place_title
        assert "13812345678" not in everything.replace(" ", "")
        assert "62345678" not in everything


def test_danger_is_offered_only_after_something_better() -> None:
    leader = chen(Role.SHIFT_LEADER)
    only_void = case_sheet(view(case(State.HANDLING)), leader, Told(), setting())
    assert Action.VOID not in [offer.action for offer in only_void.offers]
    review = case(State.FEEDBACK_REVIEW, with_caller=False)
    both = case_sheet(view(review), leader, Told(), setting())
    assert [offer.action for offer in both.offers] == [
        Action.CLOSE,
        Action.SEND_INSPECT,
        Action.VOID,
    ]
    assert both.choices[-1][0].weight is Weight.DANGER


def fits(choice: Choice, language: str) -> bool:
    """One icon, then a verb of at most 6 Chinese or 14 Latin characters."""
    icon, _, words = choice.label.partition(" ")
    is_icon = all(unicodedata.category(sign) in {"So", "Mn"} for sign in icon)
    return is_icon and 0 < len(words) <= (6 if language == "zh" else 14)
