"""The intake form and the questions before an act, as they are read and pressed."""

from dataclasses import replace
from typing import Any

import pytest

from bot.cards.answers import Asked
from bot.cards.form import form_sheet
from bot.cards.question import question_sheet
from bot.cards.setting import TEXT_MOST
from bot.chat import Weight
from bot.sheet import Sheet, Touch
from tests.unit.words.given import (
    AT,
    BOOK,
    GRID,
    LIN,
    PHONE,
    ZHOU,
    case,
    person,
    setting,
    view,
)
from workflows.cases.alike import Alike, Sameness
from workflows.cases.case import (
    Action,
    CaseId,
    ContactResult,
    PhotoRef,
    Picture,
    Place,
    State,
)
from workflows.cases.questions import QUESTIONS, Question, given_from
from workflows.hotline.draft import Draft, DraftKind, DraftState
from workflows.hotline.intake import Field, Intake
from workflows.notices import DraftId
from workflows.people import PersonId, Role
from workflows.views import CaseView

OPERATOR = person(Role.OPERATOR, ZHOU)
HEARD = Intake(
    words="一号路120号门口井盖缺失，我的电话 13812345678",
    class_code="01001",
    condition_id="01001-1",
    guesses=("01001", "01002", "01003"),
    resting_on=("井盖", "缺失"),
)
COMPLETE = replace(
    HEARD,
    place_words="一号路120号",
    latitude=31.1,
    longitude=121.4,
    area=GRID,
    area_name="河东镇第三网格",
    caller_name="王女士",
    phone=PHONE,
    caller_known=True,
)


def form(intake: Intake, state: DraftState = DraftState.OPEN, language: str = "zh") -> Sheet:
    draft = Draft(DraftId(1), ZHOU, DraftKind.INTAKE, state, 1, AT, AT, intake.as_json())
    return form_sheet(draft, OPERATOR, setting(language))


def asked(body: dict[str, Any], about: Asked, state: DraftState = DraftState.OPEN) -> Sheet:
    draft = Draft(DraftId(1), LIN, DraftKind.ASK, state, 1, AT, AT, body)
    return question_sheet(draft, about, setting())


def test_a_complete_form_is_read_in_one_look_and_sent_with_one_press() -> None:
    sheet = form(COMPLETE)
    assert sheet.card.plain().splitlines() == [
        "📝 新来件：请核对后登记",
        "💬 一号路120号门口井盖缺失，我的电话 138****5678",
        "📂 供水井盖异常",
        "🔎 依据：井盖、缺失",
        "⚖️ 盖板缺失、移位或开裂,有安全隐患 · 2 小时（昼夜连续）",
        "📍 一号路120号（河东镇第三网格）",
        "📞 来电人：王女士 138****5678",
    ]
    first = sheet.choices[0]
    assert [(c.offer.action, c.weight) for c in first] == [(Touch.SEND_FORM, Weight.PRIMARY)]
    assert sheet.choices[-1][0].weight is Weight.DANGER


def test_an_incomplete_form_says_what_is_missing_and_cannot_be_sent() -> None:
    sheet = form(HEARD)
    assert sheet.card.head == "📝 新来件：还缺地点、来电人"
    assert Touch.SEND_FORM not in [offer.action for offer in sheet.offers]
    assert sheet.card.help_line == "请发定位，或打字说明地点。"
    assert Touch.NOBODY_WAITS in [offer.action for offer in sheet.offers]


def test_an_empty_form_waits_for_the_callers_words() -> None:
    sheet = form(Intake(awaiting=Field.WORDS))
    assert sheet.card.help_line == "请把来电内容打字发来，或直接转发消息。"
    assert [offer.action for offer in sheet.offers] == [Touch.DROP_FORM]


def test_what_was_guessed_is_offered_where_the_class_is_asked() -> None:
    sheet = form(replace(HEARD, awaiting=Field.CLASS))
    codes = [o.args["code"] for o in sheet.offers if o.action == Touch.CHOOSE_CLASS]
    assert codes == ["01002", "01003"]


def test_every_class_can_be_reached_by_browsing_six_a_page() -> None:
    reached = set()
    for major in BOOK.policy.catalogue.majors:
        for page in range(8):
            shown = replace(HEARD, awaiting=Field.CLASS, browsing=major.code, page=page)
            offers = form(shown).offers
            codes = [o.args["code"] for o in offers if o.action == Touch.CHOOSE_CLASS]
            assert len(codes) <= 6
            reached |= set(codes)
    assert reached == set(BOOK.policy.catalogue.classes)


def test_the_major_classes_are_all_on_the_first_pages() -> None:
    seen = {
        offer.args["major"]
        for page in (0, 1)
        for offer in form(replace(HEARD, awaiting=Field.CLASS, page=page)).offers
        if offer.action == Touch.BROWSE
    }
    assert seen >= {major.code for major in BOOK.policy.catalogue.majors}


def test_conditions_are_told_in_full_and_chosen_by_their_number() -> None:
    sheet = form(replace(HEARD, awaiting=Field.CONDITION))
    assert "3. 车辆碾压异响、弹跳,有翻盖风险 · 2 个工作日" in sheet.card.lines
    chosen = [o.args["id"] for o in sheet.offers if o.action == Touch.CHOOSE_CONDITION]
    assert chosen == ["01001-1", "01001-2", "01001-3", "01001-4"]


@pytest.mark.parametrize("awaiting", [Field.PLACE, Field.CALLER, Field.CONDITION, Field.CLASS])
def test_there_is_always_a_way_back(awaiting: Field) -> None:
    sheet = form(replace(HEARD, awaiting=awaiting))
    assert Touch.BACK in [offer.action for offer in sheet.offers]


def test_a_place_outside_every_grid_is_said_before_it_is_sent() -> None:
    outside = replace(COMPLETE, area="", area_name="")
    assert "📍 一号路120号：不在任何网格内，登记后由值守长定派" in form(outside).card.lines


def test_a_very_long_complaint_is_cut_on_the_card_and_kept_in_the_file() -> None:
    sheet = form(replace(COMPLETE, words="水" * 5000))
    assert any("共 5000 字，全文已保存" in line for line in sheet.card.lines)
    assert len(sheet.card.plain().encode()) <= 2048


def test_a_sent_form_says_its_number_and_a_dropped_one_that_it_is_gone() -> None:
    sent = form(replace(COMPLETE, case_id=42, phone="", caller_name=""), DraftState.DONE)
    assert (sent.card.plain(), sent.choices) == ("✅ 已登记 #42 供水井盖异常", ())
    dropped = form(COMPLETE, DraftState.DROPPED)
    assert (dropped.card.plain(), dropped.choices) == ("🗑 已放弃，没有登记。", ())


def test_a_collectors_report_asks_for_a_photo_and_never_for_a_caller() -> None:
    draft = Draft(DraftId(1), LIN, DraftKind.INTAKE, DraftState.OPEN, 1, AT, AT)
    street = replace(COMPLETE, caller_known=False, phone="", caller_name="")
    reader = person(Role.COLLECTOR)
    without = form_sheet(replace(draft, body=street.as_json()), reader, setting())
    assert (without.card.head, without.card.help_line) == (
        "📝 新来件：还缺现场照片",
        "请发一张问题照片。",
    )
    assert Touch.SEND_FORM not in [offer.action for offer in without.offers]
    pictured = replace(street, pictures=(Picture(PhotoRef("telegram", {}), "u1"),))
    complete = form_sheet(replace(draft, body=pictured.as_json()), reader, setting())
    assert complete.offers[0].action == Touch.SEND_FORM
    assert "来电人" not in complete.card.plain()


@pytest.mark.parametrize("action", [a for a, qs in QUESTIONS.items() if Question.REASON in qs])
def test_a_reason_can_be_chosen_or_typed(action: Action) -> None:
    sheet = asked(
        {"action": action, "case": 42, "question": Question.REASON},
        Asked(view(case(State.FEEDBACK_REVIEW))),
    )
    assert sheet.card.lines[0] == "什么原因？点一个，或直接打字。"
    *ready, cancel = sheet.offers
    assert 1 <= len(ready) <= 3
    assert all(given_from(offer.args).reason for offer in ready)
    assert cancel.action == Touch.DROP_QUESTION


def test_the_result_of_a_call_is_one_of_four() -> None:
    sheet = asked({"action": Action.FIRST_CONTACT, "case": 42}, Asked(view(case())))
    *results, cancel = sheet.offers
    assert [given_from(offer.args).contact for offer in results] == list(ContactResult)
    assert cancel.action == Touch.DROP_QUESTION


def test_a_worker_is_chosen_by_name_and_namesakes_by_number() -> None:
    colleagues = [person(Role.WORKER, number) for number in (LIN, PersonId(11), PersonId(12))]
    sheet = asked(
        {"action": Action.REASSIGN, "case": 42}, Asked(view(case()), colleagues=colleagues)
    )
    labels = [choice.label for row in sheet.choices for choice in row]
    assert labels == ["👷 林秀英", "👷 陈刚 11", "👷 陈刚 12", "✖️ 取消"]
    assert [given_from(offer.args).worker for offer in sheet.offers[:-1]] == [LIN, 11, 12]


def test_where_nobody_is_on_duty_the_question_says_what_to_do() -> None:
    sheet = asked({"action": Action.REASSIGN, "case": 42}, Asked(view(case())))
    assert sheet.card.lines[0] == "现在那边没有别人当班。请打电话给单位，或稍后再试。"


def test_which_case_shows_five_and_says_that_the_photo_is_safe() -> None:
    cases = [replace(case(), id=CaseId(40 + n)) for n in range(7)]
    sheet = asked({"action": "show_work", "shown": {}}, Asked(cases=cases))
    assert sheet.card.head == "这是哪一件的？发来的已收好。"
    assert [offer.args["case"] for offer in sheet.offers] == [40, 41, 42, 43, 44]
    assert sheet.card.lines[0].startswith("40 供水井盖异常")


@pytest.mark.parametrize(
    ("action", "answer", "said"),
    [
        (Action.REWORK, {"reason": "没清干净"}, "#42 已说明原因：没清干净"),
        (Action.FIRST_CONTACT, {"contact": "no_answer"}, "#42 已记录：🔕 无人接听"),
        (Action.REASSIGN, {"worker": 7}, "#42 已派给：林秀英"),
        (Action.FILE, {"condition_id": "01001-2"}, "#42 已立案：盖板破损面积超过25平方厘米"),
        ("show_work", {"case": 42}, "已归到 #42。"),
    ],
)
def test_an_answered_question_says_what_was_answered(
    action: str, answer: dict[str, Any], said: str
) -> None:
    body = {"action": action, "case": 42, "answer": answer, "shown": {}}
    sheet = asked(body, Asked(view(case())), DraftState.DONE)
    assert (sheet.card.plain(), sheet.choices) == (said, ())


def merging(*others: CaseView) -> Sheet:
    """The question into which of five cases, on a case that is long in everything."""
    long = "茶山卫生院门口的垃圾箱满溢，垃圾堆到人行道上了" * 9
    reasons = (Sameness.COMPONENT, Sameness.CALLER, *[Sameness.WORDS] * 3)
    alike = tuple(Alike(n, why, 99.4) for n, why in enumerate(reasons, 1))
    mine = view(case(State.REPORTED, words=long, place=Place(long), alike=alike))
    shown = [replace(other, case=replace(other.case, words=long)) for other in others]
    return asked(
        {"action": Action.MERGE, "case": 42, "question": Question.MASTER},
        Asked(mine, masters=shown),
    )


def test_a_merge_shows_both_sides_of_all_that_is_proposed_on_one_card() -> None:
    sheet = merging(*(view(case(id=CaseId(10**9 + n))) for n in range(1, 6)))
    assert len(sheet.card.plain().encode()) <= TEXT_MOST
    sheet = merging(*(view(case(id=CaseId(n))) for n in range(1, 6)))
    text = sheet.card.plain()
    assert len(text.encode()) <= TEXT_MOST
    assert [f"#{n}（" in text for n in (42, 1, 2, 3, 4, 5)] == [True] * 6
    assert [c.label for row in sheet.choices for c in row][:3] == [
        "#1 · 同一部件",
        "#2 · 同一来电人",
        "#3 · 文字相似 99%",
    ]
    assert [c.offer.args for c in sheet.choices[0]] == [{"master": 1}, {"master": 2}]


def test_a_merge_offers_only_what_can_still_take_a_case_in() -> None:
    ended = view(case(State.CLOSED, id=CaseId(1)))
    mine_already = view(case(State.MERGED, id=CaseId(2), merged_into=CaseId(42)))
    elsewhere = view(case(State.MERGED, id=CaseId(3), merged_into=CaseId(8)))
    sheet = merging(ended, mine_already, elsewhere)
    labels = [choice.label for row in sheet.choices for choice in row]
    assert labels == ["#3 · 文字相似 99%", "✖️ 取消"]
    assert "#4（文字相似 99%）：非您登记" in sheet.card.plain()
