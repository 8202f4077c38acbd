"""A page shows a message as it stands now, to whoever may see it now, and as harmless HTML."""

from dataclasses import replace
from typing import Any

import pytest

from bot.chat import Card, Shot
from bot.page_painted import page_of
from bot.painter import Painter
from bot.webpage import POLICY, STYLE, card_page, closed_page, door_page
from tests.unit.words.given import AGENCY, BOOK, CHEN, EN, LIN, SPEECH, ZH, case, person
from tests.unit.words.test_painter import NOW, Shelf, address_of, owed, question, shelf
from workflows.cases.case import Action, CaseId, Point, State
from workflows.cases.consequences import Because
from workflows.escalation.digest import Gathered
from workflows.escalation.ladder import Level
from workflows.notices import NoticeKind
from workflows.people import AreaCode, Person, PersonId, Post, Role
from workflows.privacy.carriage import NOTHING
from workflows.rails import Owed

WORKER = person(Role.WORKER, LIN)
ELSEWHERE = replace(
    WORKER, id=PersonId(77), posts=(Post(Role.WORKER, AreaCode("310999"), AGENCY.code),)
)
"""Somebody of the same agency whom no post brings to the case."""


async def page(views: Shelf, message: Owed) -> Card | None:
    return await page_of(Painter(views, BOOK, SPEECH, address_of, lambda _: NOTHING), message, NOW)


def told(kind: NoticeKind, reader: Person, **more: Any) -> Owed:
    return owed(kind, reader, case_id=CaseId(42), **more)


async def test_whoever_may_see_the_case_reads_everything() -> None:
    card = await page(shelf(case()), told(NoticeKind.CASE, WORKER))
    assert card is not None
    assert "井盖破损" in card.plain()
    assert card.place == Point(31.1, 121.4)


@pytest.mark.parametrize("kind", [NoticeKind.CASE, NoticeKind.WHY, NoticeKind.REQUESTS])
async def test_whoever_has_no_more_to_do_with_the_case_reads_nothing(kind: NoticeKind) -> None:
    gone = told(kind, ELSEWHERE)
    assert await page(shelf(case()), gone) is None
    assert await page(shelf(case()), told(kind, replace(WORKER, active=False))) is None


async def test_a_question_about_a_case_that_is_not_theirs_any_more_is_no_way_in() -> None:
    asked = question(action=Action.SEND_BACK)
    message = owed(NoticeKind.ASK, ELSEWHERE, data={"draft": 7})
    assert await page(shelf(case(), drafts=(asked,)), message) is None


async def test_an_alarm_is_shown_to_an_administrator_while_the_case_is_open() -> None:
    alarm = told(NoticeKind.CASE, person(Role.ADMIN), because=Level.L3)
    card = await page(shelf(case()), alarm)
    assert card is not None
    assert "一号路 120 号" in card.plain()
    assert "井盖破损" not in card.plain()
    assert await page(shelf(case(State.CLOSED)), alarm) is None


class Morning(Shelf):
    """A night's orders, gathered."""

    async def gathered(self, digest: str) -> tuple[Gathered, ...]:
        return tuple(Gathered(c, Because.NEW_ORDER) for c in self.cases.values() if digest)


async def test_a_digest_shows_only_cases_that_its_reader_may_still_see() -> None:
    other = replace(case(), id=CaseId(43), reported_by=CHEN, assignee=None)
    other = replace(other, place=replace(other.place, area=AreaCode("310999101-01")))
    views = Morning({CaseId(42): case(), CaseId(43): other})
    card = await page(views, owed(NoticeKind.DIGEST, WORKER, data={"digest": "d"}))
    assert card is not None
    assert [line.split()[0] for line in card.lines] == ["42"]


def test_what_people_wrote_is_text_on_a_page_and_nothing_else() -> None:
    hostile = "<script>alert(1)</script>\u202e&amp;\"'"
    shot = Shot(None, "a" * 64, hostile)
    card = Card(hostile, (hostile,), ((hostile, hostile),), hostile, pictures=(shot,))
    html = card_page(card, ['"/x" onerror="y'], hostile, ZH)
    assert "<script" not in html
    assert "\u202e" not in html
    assert ' onerror="' not in html
    assert html.count("&lt;script&gt;") == 8


def test_a_page_speaks_its_readers_language_and_a_door_speaks_both() -> None:
    card = Card("#42", place=Point(31.1, 121.4))
    assert 'lang="zh-Hans"' in card_page(card, [], "10:00", ZH)
    english = card_page(card, [], "10:00", EN)
    assert 'lang="en"' in english
    assert 'href="geo:31.100000,121.400000"' in english
    for both in (door_page(SPEECH), closed_page(SPEECH, "/p/x")):
        assert 0 < both.index("链接") < both.index("This link")


def test_a_page_may_run_and_fetch_nothing() -> None:
    assert POLICY.startswith("default-src 'none'")
    assert "script" not in POLICY
    assert "unsafe" not in POLICY
    assert "url(" not in STYLE
