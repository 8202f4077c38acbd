"""Lists, summaries and the short answers about the chat itself."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.cards.lists import summary_sheet, unplaced_sheet
from bot.cards.number import caller_sheet
from bot.cards.pages import board_sheet, found_sheet, orders_sheet, pile_sheet, tasks_sheet
from bot.cards.refusing import refusal, toast
from bot.cards.talk import (
    invite_sheet,
    languages_sheet,
    me_sheet,
    refused_sheet,
    said_sheet,
    welcome_sheet,
)
from bot.cards.why import why_sheet
from bot.commands import state_of
from bot.sheet import Touch
from tests.unit.words.given import (
    AT,
    BOOK,
    CHEN,
    EN,
    LIN,
    PHONE,
    ZH,
    ZHOU,
    case,
    did,
    lin,
    setting,
    view,
)
from workflows.cases.case import OPEN, Action, Case, CaseId, State
from workflows.lists import FIRST, Listed, Mark, Pile, Turn
from workflows.people import PersonId, Role
from workflows.ports import Caller
from workflows.refusals import Reason, Refused
from workflows.views import Tally

TWELVE = [replace(case(), id=CaseId(40 + n)) for n in range(12)]


def page(cases: list[Case], total: int, earlier: int = 0) -> Listed:
    marks = tuple(Mark(each.id, each.due_next) for each in cases)
    return Listed(tuple(cases), total, earlier, {LIN: "林秀英"}, marks)


def test_tasks_are_five_a_page_and_each_line_begins_with_its_number() -> None:
    sheet = tasks_sheet(page(TWELVE[5:10], 12, 5), {}, setting())
    assert sheet.card.head == "📋 您有 12 件待办"
    assert [line.split()[0] for line in sheet.card.lines] == ["45", "46", "47", "48", "49"]
    assert [c.label for c in sheet.choices[-1]] == ["‹ 前面 5 件", "后面 2 件 ›"]


def test_a_turn_goes_on_from_the_cases_that_are_shown() -> None:
    sheet = tasks_sheet(page(TWELVE[5:10], 12, 5), {"page": 1, "after": {}}, setting())
    before, after = (o.args for o in sheet.offers if o.action == Touch.PAGE)
    assert (before["list"], after["list"]) == ("tasks", "tasks")
    assert (before["before"]["case"], after["after"]["case"]) == (45, 49)
    assert "after" not in before


def test_what_waits_says_how_much_time_is_left() -> None:
    late = setting("zh", timedelta(days=10))
    assert "还剩" in tasks_sheet(page(TWELVE[:1], 1), {}, setting()).card.lines[0]
    assert "超时" in tasks_sheet(page(TWELVE[:1], 1), {}, late).card.lines[0]


def test_a_button_of_an_older_version_means_the_first_page() -> None:
    assert Turn.from_json({"page": 3}) == FIRST


def test_nothing_to_do_is_said_kindly() -> None:
    sheet = tasks_sheet(page([], 0), {}, setting())
    assert sheet.card.head == "☕ 现在没有等您办的事。"
    assert sheet.choices == ()


def test_a_board_counts_by_state_and_opens_the_five_most_pressing() -> None:
    piles = [Pile(state, 7 - n, int(n == 6)) for n, state in enumerate(OPEN[:7])]
    sheet = board_sheet(piles, setting())
    assert sheet.card.head == "🗂 在办 28 件 · 超时 1"
    assert len(sheet.card.lines) == 7
    assert len(sheet.offers) == 5
    assert sheet.offers[-1].args["state"] == OPEN[6]


def test_a_pile_says_who_has_each_case_and_leads_back() -> None:
    sheet = pile_sheet(State.HANDLING, page(TWELVE[:2], 2), {"state": "handling"}, setting())
    assert sheet.card.head == "🗂 处置中：2 件"
    assert all("林秀英 · 还剩" in line for line in sheet.card.lines)
    assert sheet.offers[-1].args == {"list": "board"}
    empty = pile_sheet(State.HANDLING, page([], 0), {}, setting())
    assert [choice.label for row in empty.choices for choice in row] == ["↩️ 回看板"]


def test_an_order_that_has_ended_says_when() -> None:
    closed = replace(TWELVE[0], state=State.CLOSED, closed_at=AT, clocks=())
    lines = orders_sheet(page([TWELVE[1], closed], 2), {}, setting()).card.lines
    assert "林秀英 · 还剩" in lines[0]
    assert "已结案 10:00" in lines[1]


def test_every_empty_list_says_what_to_do_next() -> None:
    none = page([], 0)
    for sheet in (
        tasks_sheet(none, {}, setting()),
        board_sheet((), setting()),
        orders_sheet(none, {}, setting()),
        found_sheet(none, {"words": "月湖"}, setting()),
    ):
        assert sheet.card.help_line


def test_what_was_searched_for_never_shows_a_full_number() -> None:
    sheet = found_sheet(page(TWELVE[:1], 1), {"words": f"{PHONE} 月湖"}, setting())
    assert PHONE not in sheet.card.plain()


def test_a_state_is_known_by_any_of_its_names() -> None:
    assert state_of("待签收", (ZH, EN)) is State.PENDING_SIGN
    assert state_of(" In Progress ", (ZH, EN)) is State.HANDLING
    assert state_of("随便", (ZH, EN)) is None


def test_a_summary_counts_and_names_what_needs_somebody() -> None:
    stuck = replace(case(State.PENDING_DISPATCH, stuck="no_agency"), id=CaseId(43))
    tally = Tally({State.HANDLING: 5, State.CLOSED: 0}, (case(),), (stuck,), 3, 4)
    sheet = summary_sheet(tally, setting("zh", timedelta(hours=3)))
    assert sheet.card.head == "📊 在办 5 件 · 超时 1 · 卡住 1"
    assert "过去 24 小时：新增 3 件，办结 4 件" in sheet.card.lines
    assert [offer.args["case"] for offer in sheet.offers] == [43, 42]


def test_imported_cases_without_a_grid_are_one_list() -> None:
    sheet = unplaced_sheet([CaseId(n) for n in range(1, 101)], 100, setting())
    assert sheet.card.head == "⚠️ 导入的 100 件不在任何网格内"
    assert "另有 70 件" in sheet.card.lines


def test_only_the_message_that_reveals_it_holds_a_number() -> None:
    sheet = caller_sheet(CaseId(42), Caller("王女士", PHONE), setting())
    assert sheet.card.head == f"📞 #42 {PHONE}"
    assert sheet.card.lines == ("王女士", "仅供办这一件使用，一分钟后收起。本次查看已记入日志。")
    none = caller_sheet(CaseId(42), None, setting())
    assert none.card.plain() == "#42 没有留号码，不用打电话，直接处置。"


def test_an_invitation_is_a_link_to_pass_on() -> None:
    data = {"token": "t", "name": "王\u202e磊", "until": (AT + timedelta(days=1)).isoformat()}
    card = invite_sheet(data, "https://example.invalid/t", setting()).card
    assert card.head == "✉️ 王磊的邀请"
    assert card.link == "https://example.invalid/t"
    assert card.lines == ("请只转给本人。只能用一次，明天 10:00 前有效。",)


def test_whoever_comes_in_reads_who_they_are_here() -> None:
    assert (
        welcome_sheet(lin().person, setting()).card.head == "👋 欢迎，林秀英！您的岗位：处置人员"
    )
    assert "处置人员 · 310112101-03 MUN-101" in me_sheet(lin().person, setting()).card.lines


def test_each_language_is_offered_in_its_own_words() -> None:
    labels = [choice.label for row in languages_sheet(setting("en")).choices for choice in row]
    assert labels == ["🌐 中文", "🌐 English"]


def test_a_photo_that_was_no_good_names_its_case_and_opens_it() -> None:
    sheet = said_sheet("photo_too_large", CaseId(42), setting())
    assert sheet is not None
    assert sheet.card.head.startswith("#42 有张照片太大")
    assert sheet.offers[0].args == {"case": 42}
    assert said_sheet("of another version", None, setting()) is None


@pytest.mark.parametrize("tongue", [ZH, EN], ids=["zh", "en"])
@pytest.mark.parametrize("reason", list(Reason))
def test_every_refusal_is_a_sentence_even_when_nothing_is_known(
    reason: Reason, tongue: object
) -> None:
    for data in ({}, {"missing": [], "cases": [], "case_id": "", "state": "", "guard": "new"}):
        words = refusal(Refused(reason, **data), ZH if tongue is ZH else EN, BOOK)
        assert words
        assert "{" not in words


def test_whoever_comes_second_learns_who_was_first() -> None:
    data = {"case_id": 42, "state": "handling", "who": "王磊", "at": AT.isoformat()}
    no = Refused(Reason.NOT_NOW, action="sign_for", did="sign_for", **data)
    assert refusal(no, ZH, BOOK) == "已由王磊于 10:00 签收，您不用再办。"
    assert refusal(no, EN, BOOK) == "王磊 has signed for already (10:00). Nothing more to do."
    later = Refused(Reason.NOT_NOW, action="approve", did="sign_for", **data)
    said = "#42 现在还办不了这一步：王磊于 10:00 签收，目前处置中。"
    assert refusal(later, ZH, BOOK) == said


def test_what_is_missing_is_told_piece_by_piece() -> None:
    missing = ["after_photos", "reply_points"]
    no = Refused(Reason.PROOF_MISSING, missing=missing, photos=1, photos_needed=2, case_id=42)
    assert refusal(no, ZH, BOOK) == (
        "请先发处置后的照片：已收 1 张，需要 2 张。拍不了就打字：拍不了 42 加原因。 "
        "请打一句话，好答复来电人。"
    )


def test_a_photo_that_is_too_large_is_told_in_megabytes() -> None:
    no = Refused(Reason.PHOTO_TOO_LARGE, most=10 * 1024 * 1024, size=11_000_000)
    assert refusal(no, ZH, BOOK) == "照片超过 10 MB。请按“照片”发送，不要按文件发。"


def test_which_case_is_asked_with_their_numbers() -> None:
    sheet = refused_sheet("是哪一件？", (CaseId(42), CaseId(43)))
    assert [offer.args["case"] for offer in sheet.offers] == [42, 43]


def test_a_press_is_answered_with_what_was_done_and_when() -> None:
    at = AT.astimezone(BOOK.calendar.zone)
    assert toast(Action.SIGN_FOR, CaseId(42), ZH, at) == "#42 已签收 10:00"
    assert toast(Action.SIGN_FOR, CaseId(42), EN, at) == "#42 signed for 10:00"


def test_why_tells_class_limit_steps_choice_and_acts() -> None:
    journal = (
        did(Action.REPORT, ZHOU, 0, Role.OPERATOR, from_state="draft", to_state="reported"),
        did(
            Action.FILE,
            PersonId(0),
            0,
            Role.SYSTEM,
            details={"rule": "default condition of the class"},
        ),
        did(
            Action.DISPATCH,
            PersonId(0),
            0,
            Role.SYSTEM,
            details={"rule": "dispatch catalogue", "on_duty": [7, 8], "worker": 7},
        ),
        did(Action.SIGN_FOR, LIN, 10),
        did(Action.ESCALATE, PersonId(0), 60, Role.SYSTEM, details={"rung": "L0"}),
        did(Action.REWORK, CHEN, 70, Role.ACCEPTOR, details={"reason": "没清干净"}),
    )
    lines = why_sheet(view(case(condition="01001-3"), *journal), setting()).card.lines
    for expected in (
        "📥 10:00 由热线进来",
        "⚖️ 车辆碾压异响、弹跳,有翻盖风险 · 2 个工作日",
        "↳ 立案条件：该类默认条件，没有人另选",
        "· 10:00 至 12:00：计 2 小时，还剩 14 小时",
        "· 11月25日 08:00 至 10:00：计 2 小时，用完",
        "= 11月25日 10:00 到期",
        "🏢 河东镇市政所：按派单目录，这一类在这个片区归它",
        "👤 林秀英：当班 2 人中在办最少",
        "10:00 系统 派单给林秀英",
        "11:00 提醒 L0（处置）",
        "11:10 陈刚 退回返工：没清干净",
    ):
        assert expected in lines


def test_why_never_outgrows_a_message() -> None:
    reason = "为什么要退回" * 60
    many = [did(Action.REWORK, CHEN, n, details={"reason": reason}) for n in range(200)]
    card = why_sheet(view(case(condition="01001-4"), *many), setting()).card
    assert len(card.plain()) <= 4096
