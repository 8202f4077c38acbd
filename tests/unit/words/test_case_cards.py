"""What each person reads on the card of a case, and what they can press."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.cards.case import case_sheet
from bot.cards.told import Told
from bot.sheet import Sheet, Touch
from tests.unit.words.given import (
    AT,
    CHEN,
    LIN,
    case,
    chen,
    did,
    lin,
    person,
    photo,
    reached,
    setting,
    view,
    zhou,
)
from workflows.cases.case import Action, CaseId, PhotoState, Stage, State, Timeliness
from workflows.cases.consequences import Because
from workflows.cases.machine import offers
from workflows.deadlines.clocks import ClockKind
from workflows.escalation.ladder import Level
from workflows.people import Actor, PersonId, Role

A = Action
NEEDED = (
    "📷 需要：同角度远景一张(含报案照片中的固定参照物)+近景一张:盖板完好、与井框齐平、"
    "权属标识可辨；让人看出是同一处、走过去不会踩空（已收 0/2 张）"
)


def actions(sheet: Sheet) -> list[str]:
    return [offer.action for offer in sheet.offers]


def test_a_new_order_says_everything_that_a_worker_needs_to_go() -> None:
    told = Told(Because.NEW_ORDER)
    sheet = case_sheet(view(case(State.PENDING_SIGN, "01001-3")), lin(), told, setting())
    assert sheet.card.plain().splitlines() == [
        "🟢 #42 供水井盖异常 · 11月25日 10:00 前",
        "新工单，请签收。",
        "📍 一号路 120 号门口（河东镇第三网格）",
        "⏰ 11月25日 10:00 前 · 三级 一般",
        "上报：井盖破损，行人绕行，请尽快处理",
        "📞 请先联系来电人：王 138****5678",
        NEEDED,
        "✏️ 另外写一句话，好答复来电人。",
        "也可以打字：签收 42",
    ]
    assert actions(sheet) == [A.SIGN_FOR, Touch.REQUESTS]
    assert sheet.card.place == case().place.point


def test_a_dangerous_place_is_made_safe_before_anything_else() -> None:
    sheet = case_sheet(view(case(State.HANDLING)), lin(), Told(), setting())
    assert "🚧 先设好围挡和警示牌，拍 1 张发来（已收 0 张）" in sheet.card.lines
    assert actions(sheet) == [A.ARRIVE, A.FIRST_CONTACT, A.REVEAL_CALLER, Touch.REQUESTS]


def test_the_number_is_offered_only_while_a_call_is_owed() -> None:
    called = case_sheet(view(reached(case(State.HANDLING))), lin(), Told(), setting())
    assert A.REVEAL_CALLER not in actions(called)
    assert "📞 10:00 已联系上来电人。" in called.card.lines


def test_whatever_is_pressed_the_law_allows() -> None:
    for state in State:
        for who in (lin(), zhou(), *(chen(role) for role in Role)):
            shown = set(actions(case_sheet(view(case(state)), who, Told(), setting())))
            assert shown - {Touch.WHY, Touch.REQUESTS} <= set(offers(case(state), who))


def test_a_worker_reads_why_it_came_back_and_how_often() -> None:
    seen = reached(case(State.HANDLING, latest_reason="没清干净", rework_count=2, arrived_at=AT))
    sent_back = view(seen, did(A.REWORK, CHEN, 5, Role.ACCEPTOR))
    sheet = case_sheet(sent_back, lin(), Told(Because.SENT_BACK), setting())
    assert "↩️ 第 2 次退回，原因：没清干净" in sheet.card.lines
    assert sheet.card.lines[0] == "被退回了：请重新处置，拍新照片发来。"


def test_after_handing_in_there_is_nothing_left_to_press() -> None:
    sheet = case_sheet(view(reached(case(State.FEEDBACK_REVIEW))), lin(), Told(), setting())
    assert sheet.choices == ()
    assert any("待审核" in line for line in sheet.card.lines)


def test_whoever_lost_an_order_is_told_so_and_nothing_more() -> None:
    other = Actor(person(Role.WORKER, 99))
    sheet = case_sheet(view(case()), other, Told(Because.TAKEN_AWAY), setting())
    assert sheet.card.lines == ("这一件已转给别的同事，您不用再办。",)
    assert sheet.choices == ()
    assert sheet.card.place is None


def test_a_reviewer_sees_before_and_after_and_what_looks_odd() -> None:
    seen = reached(case(State.FEEDBACK_REVIEW, note="已更换井盖", photo_counts={Stage.AFTER: 2}))
    shown = view(
        seen,
        did(A.SUBMIT, LIN, 15),
        photos=(
            photo(1, Stage.BEFORE, state=PhotoState.KEPT),
            photo(2, Stage.AFTER, state=PhotoState.KEPT),
            photo(3, Stage.AFTER, state=PhotoState.KEPT, reused_from=CaseId(17)),
            photo(4, Stage.AFTER),
        ),
    )
    shown = replace(shown, earlier={CaseId(17): replace(seen, id=CaseId(17))})
    sheet = case_sheet(shown, chen(Role.ACCEPTOR), Told(Because.TO_REVIEW), setting())
    captions = [shot.caption for shot in sheet.card.pictures]
    assert captions == ["处置前", "处置后"]
    assert [s.sha256 for s in sheet.card.pictures] == [each.sha256 for each in shown.photos[:3:2]]
    assert sheet.card.awaits
    text = sheet.card.plain()
    assert "☑️ 结案条件：隐患消除,盖板复位或补装" in text
    assert "🗣 答复口径：已更换井盖" in text
    assert "⚠️ 有 1 张照片在 #17 用过。" in text
    assert "⏳ 还有 1 张照片正在取回。" in text
    assert actions(sheet) == [A.APPROVE, A.REWORK, A.SEND_INSPECT]


def test_a_picture_that_cannot_be_opened_is_said_and_not_shown() -> None:
    seen = case(State.FEEDBACK_REVIEW, photo_counts={Stage.AFTER: 1})
    shown = view(seen, photos=(photo(1, Stage.AFTER, state=PhotoState.REFUSED),))
    sheet = case_sheet(shown, chen(Role.ACCEPTOR), Told(), setting("en"))
    assert sheet.card.pictures == ()
    assert "⚠️ 1 photo could not be opened." in sheet.card.lines


def test_the_operator_gets_the_answer_to_read_out() -> None:
    seen = reached(case(State.FEEDBACK_REVIEW))
    assert seen.order is not None
    order = replace(seen.order, reply="井盖已更换，感谢来电。")
    ended = replace(
        seen,
        state=State.CLOSED,
        closed_at=AT,
        order=order,
        timeliness=Timeliness.ON_TIME,
    )
    shown = view(ended, did(A.SUBMIT, LIN, 15), did(A.APPROVE, CHEN, 18, Role.ACCEPTOR))
    sheet = case_sheet(shown, zhou(), Told(Because.CLOSED), setting())
    assert sheet.card.plain().splitlines() == [
        "✅ #42 供水井盖异常 · 已结案",
        "已办结。请按下面的口径答复来电人。",
        "🗣 答复来电人：“井盖已更换，感谢来电。”",
        "📍 一号路 120 号门口（河东镇第三网格）",
        "上报：井盖破损，行人绕行，请尽快处理",
        "📞 来电人：王 138****5678",
        "10:15 林秀英 提交处置结果",
        "10:18 陈刚 审核通过",
        "时限：按时办结",
    ]
    workers = case_sheet(shown, lin(), Told(), setting()).card.plain()
    assert "答复来电人" not in workers
    assert "138" not in workers


def test_a_closed_case_that_nobody_waits_for_asks_for_no_call() -> None:
    ended = case(State.CLOSED, with_caller=False, closed_at=AT)
    sheet = case_sheet(view(ended), zhou(), Told(Because.CLOSED), setting())
    assert sheet.card.lines[0] == "已办结，没有人等答复。"


def test_a_voided_case_says_by_whom_and_why() -> None:
    ended = case(State.VOIDED, latest_reason="重复上报", closed_at=AT)
    shown = view(ended, did(A.VOID, CHEN, 5, Role.SHIFT_LEADER))
    sheet = case_sheet(shown, lin(), Told(Because.VOIDED), setting())
    assert sheet.card.lines[0] == "已作废，不用再办。"
    assert "原因：重复上报" in sheet.card.lines
    assert "10:05 陈刚 作废" in sheet.card.lines


@pytest.mark.parametrize("stuck", ["outside_every_grid", "no_agency", "nobody_on_duty"])
def test_the_duty_chief_reads_why_it_is_stuck_and_chooses_who_goes(stuck: str) -> None:
    seen = case(State.PENDING_DISPATCH, stuck=stuck)
    sheet = case_sheet(view(seen), chen(Role.DUTY_CHIEF), Told(Because.STUCK), setting())
    assert sheet.card.lines[0] == "系统派不下去，请您定夺。"
    assert sheet.card.lines[1].startswith("⚠️")
    assert actions(sheet) == [A.DISPATCH, A.ACKNOWLEDGE, A.RETURN_TO_INTAKE, Touch.WHY]


def test_an_alert_says_how_late_and_who_has_it_and_lets_one_act_from_it() -> None:
    seen = case()
    told_of = replace(seen, clocks=tuple(replace(c, rungs_told=4) for c in seen.clocks))
    shown = view(
        told_of,
        did(A.SIGN_FOR, LIN, 10, from_state="pending_sign", to_state="handling"),
        did(A.ESCALATE, PersonId(0), 150, Role.SYSTEM),
    )
    late = setting("zh", timedelta(hours=3))
    told = Told(Level.L3, ClockKind.DISPOSAL)
    sheet = case_sheet(shown, chen(Role.DUTY_CHIEF), told, late)
    assert sheet.card.head == "🔴 #42 供水井盖异常 · 已超时 1 小时"
    assert sheet.card.lines[0] == "🔔 处置超时已久，仍未办结，请您介入。"
    assert "👤 10:10 起处置中：林秀英（河东镇市政所）" in sheet.card.lines
    assert actions(sheet) == [A.ACKNOWLEDGE, A.URGE, A.REASSIGN, A.WHISTLE, Touch.WHY]


def test_an_alert_that_somebody_knows_of_names_them_and_asks_nobody_again() -> None:
    seen = case()
    told_of = replace(seen, clocks=tuple(replace(c, rungs_told=4) for c in seen.clocks))
    known = (did(A.ESCALATE, PersonId(0), 60, Role.SYSTEM), did(A.ACKNOWLEDGE, CHEN, 70))
    sheet = case_sheet(view(told_of, *known), chen(Role.SUPERVISOR), Told(), setting())
    assert A.ACKNOWLEDGE not in actions(sheet)
    assert "11:10 陈刚 已知悉提醒" in sheet.card.lines


def test_a_repeat_says_that_it_is_one_with_the_same_reference() -> None:
    told = Told(Because.NEW_ORDER, repeat=True)
    seen = view(case(State.PENDING_SIGN))
    assert case_sheet(seen, lin(), told, setting()).card.head.startswith("🔴 重发 #42")
    assert "repeat" in case_sheet(seen, lin(), told, setting("en")).card.head


def test_a_long_class_is_cut_for_the_first_line_and_told_in_full_below() -> None:
    sheet = case_sheet(
        view(case(condition="06006-1")), lin(), Told(), setting("zh", -timedelta(9))
    )
    assert "…" in sheet.card.head
    assert "类别：擅自在临街的建筑物上挂彩旗" in sheet.card.lines


def test_words_that_turn_the_text_or_speak_html_are_harmless() -> None:
    nasty = "<b>&Zoe\u202e</b>\n第二行 {dot} 👷🏽"
    seen = case(words=nasty, note=nasty, place=replace(case().place, words=nasty))
    shown = case_sheet(view(seen), lin(), Told(), setting()).card.plain()
    assert "\u202e" not in shown
    assert "上报：<b>&Zoe</b> 第二行 {dot} 👷🏽" in shown
