"""Days off as people type them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from workflows.duty.span import Span, check_first, check_last, span_in, turn_of
from workflows.refusals import Reason, Refused

TODAY = date(2026, 11, 23)
FIRST, FIFTH = date(2026, 12, 1), date(2026, 12, 5)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12月1日到12月5日", Span(FIRST, FIFTH)),
        ("12月1日 至 12月5日 王磊", Span(FIRST, FIFTH, "王磊")),
        ("从12/1到12/5 王磊 开会", Span(FIRST, FIFTH, "王磊 开会")),
        ("12.1-12.5", Span(FIRST, FIFTH)),
        ("2026-12-01 2026-12-05", Span(FIRST, FIFTH)),
        ("from 12/1 to 12/5 Maria", Span(FIRST, FIFTH, "Maria")),
        ("明天", Span(date(2026, 11, 24))),
        ("3天", Span(TODAY, date(2026, 11, 25))),
        ("12月1日 3天", Span(FIRST, date(2026, 12, 3))),
        ("11月23日", Span(TODAY)),
        ("12月30日到1月2日", Span(date(2026, 12, 30), date(2027, 1, 2))),
        ("12月31日 12月31日", Span(date(2026, 12, 31), date(2026, 12, 31))),
        ("王磊", Span(rest="王磊")),
    ],
)
def test_a_stretch_of_days_is_read_as_it_is_typed(typed: str, meant: Span) -> None:
    assert span_in(typed, TODAY) == meant


@pytest.mark.parametrize("typed", ["13月1日", "2026-02-30"])
def test_a_day_that_does_not_exist_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as no:
        span_in(typed, TODAY)
    assert no.value.reason is Reason.BAD_DATE


def check(first: date, last: date) -> None:
    check_first(first, TODAY, 90)
    check_last(last, first, 90)


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [
        (date(2026, 11, 22), FIFTH, Reason.DATE_PAST),
        (date(2027, 12, 1), date(2027, 12, 5), Reason.DATE_TOO_FAR),
        (FIFTH, FIRST, Reason.AWAY_BACKWARDS),
        (FIRST, date(2027, 12, 1), Reason.DATE_TOO_FAR),
    ],
)
def test_days_that_cannot_be_meant_are_refused(first: date, last: date, reason: Reason) -> None:
    with pytest.raises(Refused) as no:
        check(first, last)
    assert no.value.reason is reason


def test_whole_days_are_off_but_not_what_has_passed_of_today() -> None:
    now = datetime(2026, 12, 31, 15, 59, tzinfo=UTC)  # 23:59 in the district
    turn = turn_of(date(2026, 12, 31), date(2027, 1, 1), ZoneInfo("Asia/Shanghai"), now)
    assert (turn.starts_at, turn.ends_at) == (now, datetime(2027, 1, 1, 16, tzinfo=UTC))
