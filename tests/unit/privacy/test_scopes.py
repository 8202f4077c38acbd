"""The table of scopes, cell by cell: what lies inside is theirs, what lies outside is not."""

from dataclasses import replace

import pytest

from bot.texts.printed_scopes import REACHES, THINGS
from run import parser
from tests.lawbook import ELSEWHERE, GRID, STREET
from tests.scoped import SAMPLES, Sample, somebody
from workflows.cases.case import Action
from workflows.cases.lifecycle import LIFECYCLE
from workflows.cases.machine import BY_ACTION, OF_PARTNERS, may_see, offers
from workflows.duty.arranging import may_arrange
from workflows.emergency.emergency import check_asker, may_approve
from workflows.joint.call_out import check_caller
from workflows.people import Actor, AreaCode, Person, Role
from workflows.privacy.scopes import (
    AT_THE_TERMINAL,
    COLUMNS,
    ROWS,
    SCOPES,
    Reach,
    Thing,
    cell,
    covers,
    has,
    reaches,
)
from workflows.refusals import Refused

OF_CASES = (Thing.CASE, Thing.ACT, Thing.WORDS, Thing.PHOTOS, Thing.CALLER, Thing.NUMBER,
            Thing.BY_NUMBER, Thing.TRAIL, Thing.LOOKS, Thing.BOARD, Thing.REVIEWS, Thing.ORDERS,
            Thing.RESTING, Thing.EXPORT, Thing.EXPORT_CALLERS)  # fmt: skip
OF_AREAS = (Thing.CALL_OUT, Thing.ASK_EMERGENCY, Thing.APPROVE_EMERGENCY, Thing.SUMMARY,
            Thing.APPROVE_EXPORT, Thing.APPROVE_CHANGE)  # fmt: skip
CELLS = [(thing, role) for thing in Thing for role in COLUMNS]


def theirs(sample: Sample, thing: Thing, role: Role) -> bool:
    """What the cell says of this case, by the label that a person has written on it."""
    return bool(sample.within & set(cell(thing, role)))


@pytest.mark.parametrize("thing", OF_CASES)
@pytest.mark.parametrize("role", COLUMNS)
def test_of_every_case_a_cell_gives_what_it_says(thing: Thing, role: Role) -> None:
    who = somebody(role)
    for sample in SAMPLES:
        assert reaches(thing, who, sample.make(who.id)) == theirs(sample, thing, role), sample.name


@pytest.mark.parametrize("role", COLUMNS)
def test_what_the_law_offers_lies_within_the_row_of_acts(role: Role) -> None:
    who = Actor(somebody(role))
    for sample in SAMPLES:
        case = sample.make(who.id)
        beside = {*OF_PARTNERS, Action.CALL_AGAIN}
        offered = {*offers(case, who)} - beside
        assert not offered or theirs(sample, Thing.ACT, role), sample.name
        assert may_see(case, who) == theirs(sample, Thing.CASE, role), sample.name


@pytest.mark.parametrize("thing", [t for t in Thing if t not in OF_CASES])
@pytest.mark.parametrize("role", COLUMNS)
def test_of_every_area_a_cell_gives_what_it_says(thing: Thing, role: Role) -> None:
    who, reach = somebody(role), {*cell(thing, role)}
    assert has(thing, who) == bool(reach)
    if thing in OF_AREAS:
        inside = bool(reach & {Reach.AREA, Reach.DISTRICT})
        assert covers(thing, who, GRID) == _decides(thing, who, GRID) == inside
        assert not covers(thing, who, ELSEWHERE)
        assert not _decides(thing, who, ELSEWHERE)
        local = _over(who, STREET)
        assert covers(thing, local, GRID) == (Reach.AREA in reach)
        assert _decides(thing, local, GRID) == (Reach.AREA in reach)


def _over(who: Person, area: AreaCode) -> Person:
    return replace(who, posts=tuple(replace(post, area=area) for post in who.posts))


def _decides(thing: Thing, who: Person, area: AreaCode) -> bool:
    """The place where it is decided, asked directly."""
    asked = {
        Thing.CALL_OUT: lambda: check_caller(Actor(who), area),
        Thing.ASK_EMERGENCY: lambda: check_asker(Actor(who), area),
    }
    if thing is Thing.APPROVE_EMERGENCY:
        return may_approve(who, area)
    if thing not in asked:
        return covers(thing, who, area)
    try:
        asked[thing]()
    except Refused:
        return False
    return True


@pytest.mark.parametrize("role", COLUMNS)
def test_a_shift_is_arranged_by_whom_the_row_names_and_in_their_reach(role: Role) -> None:
    who, reach = somebody(role), cell(Thing.ARRANGE, role)
    colleague, clerk = somebody(Role.WORKER, 8), somebody(Role.ACCEPTOR, 9)
    assert may_arrange(who, colleague) == bool(reach)
    assert may_arrange(who, clerk) == (Reach.AREA in reach)
    assert not may_arrange(who, _over(colleague, ELSEWHERE))


def test_the_table_is_whole_and_each_word_of_it_is_printed_in_both_languages() -> None:
    assert set(SCOPES) == set(Thing)
    assert {len(cells) for cells in ROWS.values()} == {len(COLUMNS)}
    assert set(THINGS) == set(Thing)
    assert set(REACHES) == set(Reach)
    for zh, en in (*THINGS.values(), *REACHES.values()):
        assert not zh.isascii()
        assert en.isascii()


def test_administrators_have_nothing_of_callers() -> None:
    of_callers = (Thing.CASE, Thing.WORDS, Thing.PHOTOS, Thing.CALLER, Thing.NUMBER,
                  Thing.BY_NUMBER, Thing.EXPORT, Thing.EXPORT_CALLERS, Thing.BOARD,
                  Thing.TRAIL, Thing.LOOKS)  # fmt: skip
    assert [thing for thing in of_callers if cell(thing, Role.ADMIN)] == []


def test_auditors_read_and_the_law_has_no_act_for_them() -> None:
    reading = {Thing.CASE, Thing.PHOTOS, Thing.TRAIL, Thing.LOOKS, Thing.ROSTER, Thing.EXPORT}
    assert {thing for thing in Thing if cell(thing, Role.AUDITOR)} == reading
    assert [move for move in LIFECYCLE if Role.AUDITOR in move.by] == []


def test_whoever_may_see_the_number_by_the_law_has_the_row_too_and_nobody_else() -> None:
    by_law = BY_ACTION[Action.REVEAL_CALLER]
    assert {role for role in COLUMNS if cell(Thing.NUMBER, role)} == by_law
    assert SCOPES[Thing.CALLER] == SCOPES[Thing.NUMBER]


@pytest.mark.parametrize("thing", sorted(AT_THE_TERMINAL))
def test_what_no_chat_gives_to_anybody_is_given_by_a_command_or_not_at_all(thing: Thing) -> None:
    assert [role for role in COLUMNS if cell(thing, role)] == []
    words = AT_THE_TERMINAL[thing]
    if words:
        with pytest.raises(SystemExit) as ended:
            parser().parse_args([*words, "--help"])
        assert ended.value.code == 0
