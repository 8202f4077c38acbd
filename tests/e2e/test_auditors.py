"""An auditor reads everything that was done, is on record with it, and changes nothing."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import fields
from typing import Any

import pytest

from tests.cast import HE, LIN, WANG, ZHOU
from tests.city import LiveCity, Resident
from tests.e2e.given import BIN, PHONE, signed
from workflows import Workflows
from workflows.approving.proposal import ProposalId
from workflows.cases.case import Action, CaseId, Given, PhotoRef, Picture, Place, Point, Source
from workflows.cases.report_case import Report
from workflows.cases.show_work import Shown
from workflows.duty.form import DutyAct
from workflows.duty.shift import AbsenceId, SwapId
from workflows.emergency.form import EmergencyForm
from workflows.emergency.under import EmergencyId
from workflows.hotline.taught import SynonymId
from workflows.joint.call_form import CallForm
from workflows.joint.call_out import CallId, Reply
from workflows.notices import DraftId
from workflows.people import Actor, PersonId, Post, Role
from workflows.privacy.scopes import Thing, has
from workflows.refusals import Refused

AUDITED = "SELECT person_id, case_id, details FROM journal WHERE action = 'access.audited'"


@pytest.fixture
async def lu(city: LiveCity) -> Resident:
    return await city.joins("陆", Post(Role.AUDITOR, "319900"))


async def test_why_it_was_sent_there_and_who_read_the_number(city: LiveCity, lu: Resident) -> None:
    await signed(city, phone=PHONE)
    await city[ZHOU].says("看号码 1 要核对门牌")
    await lu.says("/trail 1")
    trail = await lu.sees("#1 办理轨迹")
    for words in ("派单", f"给 {ZHOU}", "按派单目录", f"{ZHOU}", "查看来电号码", "要核对门牌"):
        assert words in trail.text, words
    assert PHONE not in trail.text
    assert BIN not in trail.text
    await lu.says("轨迹 1")
    assert "查阅了记录" in (await lu.sees("#1 办理轨迹")).text
    me = (await lu.person()).id
    assert [(who, case) for who, case, _ in city.asks(AUDITED)] == [(me, 1), (me, 1)]
    await city.check()


async def test_a_long_trail_is_turned_page_by_page_and_each_page_is_a_reading(
    city: LiveCity, lu: Resident
) -> None:
    await signed(city, phone=PHONE)
    for n in range(12):
        await city[ZHOU].says(f"看号码 1 第{n}次没打通")
    await lu.says("/trail 1")
    newest = await lu.sees("#1 办理轨迹")
    assert "第11次没打通" in newest.text
    label = next(label for label in newest.labels if "较早" in label)
    await lu.presses(label)
    older = await lu.sees("#1 办理轨迹")
    assert "第0次没打通" in older.text
    assert "第11次没打通" not in older.text
    assert any("较新" in label for label in older.labels)
    assert len(city.asks(AUDITED)) == 2


async def test_looks_are_counted_by_person_and_read_line_by_line(
    city: LiveCity, lu: Resident
) -> None:
    await signed(city, phone=PHONE)
    await city[ZHOU].says("看号码 1 要核对门牌")
    await city[ZHOU].says("看号码 1 没打通再打")
    await city[LIN].says(f"/find {PHONE}")
    await lu.says("看号记录")
    counted = await lu.sees("查看来电号码的情况")
    assert f"{ZHOU}：查看 2 次，涉及 1 件" in counted.text
    assert f"{LIN}：查看 1 次" in counted.text
    await lu.presses(ZHOU)
    lines = await lu.sees(f"{ZHOU} 查看来电号码的明细", "#1", "没打通再打", "要核对门牌")
    assert PHONE not in lines.text
    await lu.says(f"/looks {LIN}")
    await lu.sees(f"{LIN} 查看来电号码的明细", "按来电号码查找")
    facts = [json.loads(details) for _, _, details in city.asks(AUDITED)]
    zhou, lin = [(await city[name].person()).id for name in (ZHOU, LIN)]
    assert facts == [
        {"what": "looks"},
        {"of": zhou, "what": "looks"},
        {"of": lin, "what": "looks"},
    ]


async def test_nobody_else_reads_trails_and_an_auditor_only_those_of_their_area(
    city: LiveCity,
) -> None:
    away = await city.joins("远", Post(Role.AUDITOR, "310115"))
    boss = await city.joins("管", Post(Role.ADMIN))
    await signed(city, phone=PHONE)
    await city[ZHOU].says("看号码 1 要核对门牌")
    for name in (ZHOU, HE, LIN, WANG, "管"):
        await city[name].says("/trail 1")
        await city[name].sees_nothing_of("办理轨迹")
        await city[name].says("/looks")
        await city[name].sees_nothing_of("查看来电号码的情况")
    await away.says("/trail 1")
    await away.sees("没有 1 号案件")
    await away.says("/looks")
    await away.sees("没有人查看过")
    await boss.says("/case 1")
    await boss.sees("没有 1 号案件")
    assert [case for _, case, _ in city.asks(AUDITED)] == [None]


async def test_an_auditors_card_holds_nothing_of_callers_or_their_words(
    city: LiveCity, lu: Resident
) -> None:
    await signed(city, phone=PHONE)
    await lu.says("/case 1")
    card = await lu.sees("#1", ZHOU, "/trail 1")
    assert card.labels == []
    for words in ("139", "上报", "满了"):
        assert words not in card.text
    await lu.says("/why 1")
    await lu.sees("#1", "📥")


Try = Callable[[], Awaitable[Any]]
CASE = CaseId(1)


def acts_of(flows: Workflows, actor: Actor) -> dict[str, list[Try]]:
    """Every verb that somebody can ask for, with something that it could do to this city."""
    picture = Picture(PhotoRef("telegram", {"file_id": "f"}), "u", 10, "image/jpeg")
    place = Place("中山路", Point(31.1, 121.3))
    report = Report("06010", "06010-1", place, "垃圾", Source.OPERATOR, None)
    draft = DraftId(1)
    return {
        "move_case": [
            lambda a=action: flows.move_case(actor, CASE, a, Given(reason="查"))
            for action in Action
        ],
        "ask": [lambda a=action: flows.ask(actor, CASE, a) for action in Action],
        "report_case": [lambda: flows.report_case(actor, report)],
        "show_work": [lambda: flows.show_work(actor, Shown((picture,), "看"), CASE)],
        "correct_note": [lambda: flows.correct_note(actor, "1", "改")],
        "take_back_photo": [lambda: flows.take_back_photo(actor, None, CASE)],
        "answer": [
            lambda: flows.answer(actor, draft, {}),
            lambda: flows.answer.drop(actor, draft),
        ],
        "take_down": [
            lambda: flows.take_down.start(actor),
            lambda: flows.take_down.words(actor, "垃圾满了"),
            lambda: flows.take_down.words(actor, "垃圾满了", "群"),
            lambda: flows.take_down.point(actor, Point(31.1, 121.3)),
            lambda: flows.take_down.caller(actor, "王", PHONE),
            lambda: flows.take_down.picture(actor, picture, "垃圾"),
            lambda: flows.take_down.send(actor, draft),
            lambda: flows.take_down.drop(actor, draft),
        ],
        "turn_away": [lambda: flows.turn_away(actor, draft, "emergency", "")],
        "call_again": [lambda: flows.call_again(actor, draft)],
        "self_fix": [lambda: flows.self_fix(actor, draft)],
        "prepare_call": [lambda: flows.prepare_call.start(actor, CallForm())],
        "answer_call": [lambda: flows.answer_call(actor, CallId(1), Reply.COMING)],
        "close_call": [lambda: flows.close_call(actor, CallId(1))],
        "prepare_emergency": [
            lambda: flows.prepare_emergency.start(actor, EmergencyForm()),
            lambda: flows.prepare_emergency.longer(actor, EmergencyId(1)),
        ],
        "decide_emergency": [
            lambda: flows.decide_emergency.approve(actor, EmergencyId(1)),
            lambda: flows.decide_emergency.refuse(actor, EmergencyId(1)),
            lambda: flows.decide_emergency.withdraw(actor, EmergencyId(1)),
        ],
        "decide_proposal": [
            lambda: flows.decide_proposal.approve(actor, ProposalId(1)),
            lambda: flows.decide_proposal.refuse(actor, ProposalId(1)),
            lambda: flows.decide_proposal.withdraw(actor, ProposalId(1)),
        ],
        "end_emergency": [lambda: flows.end_emergency(actor, EmergencyId(1))],
        "swap_shifts": [
            lambda: flows.swap_shifts.accept(actor, SwapId(1)),
            lambda: flows.swap_shifts.decline(actor, SwapId(1)),
            lambda: flows.swap_shifts.withdraw(actor, SwapId(1)),
        ],
        "be_away": [
            lambda: flows.be_away.end(actor, AbsenceId(1)),
            lambda: flows.be_away.decline(actor, AbsenceId(1)),
        ],
        "arrange_duty": [
            lambda a=act: flows.arrange_duty.start(actor, a, "明天 1天") for act in DutyAct
        ],
        "undo_synonym": [lambda: flows.undo_synonym(actor, SynonymId(1))],
        "invite": [
            lambda: flows.invite(actor, "新", (Post(Role.ADMIN),)),
            lambda: flows.invite.again(actor, PersonId(1)),
            lambda: flows.invite.dismiss(actor, PersonId(1)),
        ],
    }


READS = {
    "book", "now", "ear", "note_access", "audit", "find", "reply", "choose_language",
    "prepare_export", "request_export",
}  # fmt: skip
"""What an auditor may ask for: reading, a file of it, and a language."""
NOBODYS = {
    "accept_invite", "watch_call", "watch_emergency", "import_shifts", "report_gaps", "fire_due",
    "lost_contact", "keep_alive", "live_again", "clock_jumped", "photo_fetched", "summarise",
    "take_in", "reckon_again", "rearm", "propose", "carry_out", "offer_policy", "bring_in",
    "make_export",
}  # fmt: skip
"""Verbs of the clock, of a terminal and of strangers: no person acts by them."""


async def test_no_verb_that_changes_anything_is_open_to_an_auditor(
    city: LiveCity, lu: Resident
) -> None:
    await signed(city, phone=PHONE)
    actor, flows = Actor(await lu.person()), city.product.flows
    tried = acts_of(flows, actor)
    assert {*tried, *READS, *NOBODYS} == {field.name for field in fields(Workflows)}
    before, drafts = await city.case(1), city.asks("SELECT count(*) FROM draft")
    done = []
    for verb, acts in tried.items():
        for number, act in enumerate(acts):
            try:
                came_of_it = await city.play(act())
            except Refused:
                continue
            if came_of_it:
                done.append((verb, number))
    assert done == []
    assert await city.case(1) == before
    assert city.asks("SELECT count(*) FROM draft") == drafts
    assert city.asks(f"SELECT action FROM journal WHERE person_id = {actor.id}") == [
        ("accept_invite",)
    ]
    await city.check()


COMMANDS = {
    "/board": Thing.BOARD,
    "/supervised": Thing.BOARD,
    "/reviews": Thing.REVIEWS,
    "/orders": Thing.ORDERS,
    "/suspended": Thing.RESTING,
    "/synonyms": Thing.SYNONYMS,
    "/trail 1": Thing.TRAIL,
    "/looks": Thing.LOOKS,
    "/call": Thing.CALL_OUT,
    "/invite 新人 worker 310112 A-1": Thing.PEOPLE,
}


async def test_each_command_is_for_whom_the_table_names(city: LiveCity) -> None:
    """Every office says every command; whoever it is not for is refused in one sentence."""
    await signed(city, phone=PHONE)
    offices = [role for role in Role if role is not Role.SYSTEM]
    people = {r: await city.joins(f"某{n}", Post(r, "319900")) for n, r in enumerate(offices)}
    wrong = []
    refusals = "SELECT count(*) FROM journal WHERE action = 'access.refused' AND person_id = {}"
    for role, who in people.items():
        person = await who.person()
        for command, thing in COMMANDS.items():
            [[before]] = city.asks(refusals.format(person.id))
            await who.says(command)
            [[after]] = city.asks(refusals.format(person.id))
            if (after == before) != has(thing, person):
                wrong.append((role, command))
    assert wrong == []
