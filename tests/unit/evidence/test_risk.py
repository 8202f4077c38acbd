"""Points for a second look: every reason counts by its weight, once, and none without a fact."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.unit.words.given import AT, BOOK, LIN, case, photo
from workflows.cases.case import (
    CaseId,
    HandedIn,
    Limit,
    Photo,
    PhotoId,
    PhotoState,
    Point,
    RunningClock,
    Stage,
    State,
)
from workflows.deadlines.clocks import ClockKind
from workflows.deadlines.limits import Unit
from workflows.evidence.facts import PictureFacts
from workflows.evidence.kept import Likeness, Near
from workflows.evidence.likeness import worth_a_look
from workflows.evidence.risk import NOTHING, Scale, Score, Seen
from workflows.evidence.rules_of_risk import Risk
from workflows.people import PersonId

RULES = BOOK.policy.risk
SCALE = Scale(RULES, BOOK.calendar.zone)
HERE = Point(31.10, 121.40)
A_KILOMETRE_OFF = Point(31.11, 121.40)
LOCAL = AT.astimezone(BOOK.calendar.zone).replace(tzinfo=None)


def after(number: int = 1, **changes: object) -> Photo:
    return photo(number, Stage.AFTER, state=PhotoState.KEPT, as_file=True, **changes)


def told(**facts: object) -> PictureFacts:
    return replace(PictureFacts(), **facts)


def seen(*photos: Photo, **changes: object) -> Seen:
    """Work that was handed in an hour after the case came in, at a known place."""
    base = case(State.FEEDBACK_REVIEW, photo_counts={Stage.AFTER: len(photos)})
    place = replace(base.place, point=HERE)
    done = HandedIn(AT + timedelta(hours=1))
    return Seen(replace(base, place=place, handed_in=done, **changes), photos)


def near(number: int, of: int, by: PersonId = LIN, **changes: object) -> Near:
    plain = Near(PhotoId(number), CaseId(of), Stage.AFTER, by, AT - timedelta(days=1), 3)
    return replace(plain, **changes)


def risks(score: Score) -> list[Risk]:
    return [cause.risk for cause in score.causes]


def test_ordinary_work_has_no_points() -> None:
    plain = seen(after(facts=told(captured=LOCAL, point=HERE, software="MediaTek Camera")))
    assert SCALE.score(plain) == NOTHING
    assert SCALE.score(plain).points == 0


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (told(point=A_KILOMETRE_OFF), Risk.FAR),
        (told(captured=LOCAL - timedelta(hours=2)), Risk.STALE),
        (told(captured=LOCAL - timedelta(hours=2), offset_minutes=480), Risk.STALE),
        (told(software="Adobe Photoshop CC 2019 (Windows)"), Risk.EDITED),
        (told(software="美图秀秀"), Risk.EDITED),
    ],
)
def test_what_a_camera_says_gives_its_reason(facts: PictureFacts, expected: Risk) -> None:
    assert risks(SCALE.score(seen(after(facts=facts)))) == [expected]


def test_a_clock_that_is_a_little_slow_is_no_reason() -> None:
    early = told(captured=LOCAL - timedelta(minutes=RULES.early_minutes))
    assert SCALE.score(seen(after(facts=early))) == NOTHING


def test_an_offset_that_the_camera_wrote_is_believed_before_our_zone() -> None:
    in_utc = told(captured=AT.replace(tzinfo=None), offset_minutes=0)
    assert SCALE.score(seen(after(facts=in_utc))) == NOTHING
    without = told(captured=AT.replace(tzinfo=None))
    assert risks(SCALE.score(seen(after(facts=without)))) == [Risk.STALE]


def test_a_messengers_copy_says_nothing_of_time_and_place() -> None:
    facts = told(point=A_KILOMETRE_OFF, captured=LOCAL - timedelta(days=9))
    sent = replace(after(facts=facts), as_file=False)
    assert SCALE.score(seen(sent)) == NOTHING


def test_a_place_that_nobody_knows_is_not_far() -> None:
    work = seen(after(facts=told(point=A_KILOMETRE_OFF)))
    nowhere = replace(work.case, place=replace(work.case.place, point=None))
    assert SCALE.score(replace(work, case=nowhere)) == NOTHING


def test_a_reason_counts_once_however_many_photos_it_is_about() -> None:
    score = SCALE.score(seen(after(1, forwarded=True), after(2, forwarded=True)))
    assert score.points == RULES.weights[Risk.FORWARDED]
    assert score.causes[0].photos == (1, 2)


def test_the_weightiest_reason_comes_first() -> None:
    work = seen(after(1, forwarded=True, facts=told(software="GIMP 2.10")))
    alike = (Likeness(PhotoId(1), near(9, 7)),)
    score = SCALE.score(replace(work, alike=alike))
    assert risks(score) == [Risk.REUSED, Risk.EDITED, Risk.FORWARDED]
    assert score.points == sum(cause.points for cause in score.causes)


def test_a_reason_with_no_weight_is_not_told() -> None:
    silent = replace(RULES, weights={**RULES.weights, Risk.FORWARDED: 0})
    score = Scale(silent, BOOK.calendar.zone).score(seen(after(forwarded=True)))
    assert score == NOTHING


def test_work_that_was_sent_back_is_judged_by_its_new_photos_only() -> None:
    old, new = after(1, forwarded=True), after(2)
    work = seen(old, new)
    again = replace(work.case, photo_counts={Stage.AFTER: 1})
    assert SCALE.score(replace(work, case=again)) == NOTHING


@pytest.mark.parametrize(("minutes", "expected"), [(1, [Risk.FAST]), (3, []), (50, [])])
def test_very_fast_is_by_the_time_from_signing_to_handing_in(
    minutes: int, expected: list[Risk]
) -> None:
    work = seen(after())
    assert work.case.handed_in is not None
    signed_at = work.case.handed_in.at - timedelta(minutes=minutes)
    limit = Limit(1, Unit.WORK_HOUR)
    clock = RunningClock(ClockKind.SIGN_FOR, 0, AT, limit, None, ended_at=signed_at)
    timed = replace(work, case=replace(work.case, clocks=(*work.case.clocks, clock)))
    assert risks(SCALE.score(timed)) == expected
    reworked = replace(timed, case=replace(timed.case, rework_count=1))
    assert SCALE.score(reworked) == NOTHING


@pytest.mark.parametrize(("days", "expected"), [(6, [Risk.FIRST_WEEK]), (7, []), (900, [])])
def test_the_first_week_is_by_when_the_work_was_handed_in(days: int, expected: list[Risk]) -> None:
    work = seen(after())
    assert work.case.handed_in is not None
    since = work.case.handed_in.at - timedelta(days=days)
    assert risks(SCALE.score(replace(work, sender_since=since))) == expected
    assert SCALE.score(replace(work, sender_since=None)) == NOTHING


def test_a_photo_like_its_own_before_is_a_reason_of_its_own() -> None:
    work = seen(after(2))
    own = near(1, work.case.id, stage=Stage.BEFORE, bits=0)
    score = SCALE.score(replace(work, alike=(Likeness(PhotoId(2), own),)))
    assert risks(score) == [Risk.OWN_BEFORE]


def test_of_one_case_only_before_and_work_are_compared_and_strictly() -> None:
    new = after(5)
    before = near(1, new.case_id, stage=Stage.BEFORE, bits=RULES.own_bits)
    farther = near(2, new.case_id, stage=Stage.BEFORE, bits=RULES.own_bits + 1)
    album = near(3, new.case_id, bits=0)
    assert worth_a_look(new, (before, farther, album), RULES) == (before,)
    first = replace(new, stage=Stage.BEFORE)
    assert worth_a_look(first, (before, album), RULES) == ()


def test_only_what_came_earlier_was_used_before() -> None:
    new = after(5)
    later = near(6, 7, said_at=AT + timedelta(seconds=1))
    at_once = near(6, 7, said_at=AT)
    assert worth_a_look(new, (later, at_once), RULES) == ()


def test_what_many_people_sent_is_a_common_look_but_the_senders_own_is_not() -> None:
    new = after(50)
    crowd = [near(n, 100 + n, PersonId(900 + n)) for n in range(RULES.common_people)]
    assert worth_a_look(new, crowd[:-1], RULES) == tuple(crowd[:-1])
    assert worth_a_look(new, crowd, RULES) == ()
    own = near(40, 140, LIN)
    assert worth_a_look(new, (*crowd, own), RULES) == (own,)


def test_a_serial_photo_is_found_every_time() -> None:
    """One worker, one clean photo, twenty cases."""
    copies = [near(n, 100 + n, bits=0) for n in range(20)]
    assert len(worth_a_look(after(50), copies, RULES)) == 5
