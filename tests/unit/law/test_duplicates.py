"""Which cases are proposed as one, in which order, and how many (domain.md 2.4)."""

from collections.abc import Sequence
from dataclasses import replace

from bot.hearing.likeness import TextLikeness
from tests.unit.words.given import POLICY, case
from workflows.cases.alike import Alike, Sameness
from workflows.cases.case import CaseId, Place, Point
from workflows.hotline.duplicates import MOST, Candidate, Neighbour, alike, in_words, proposed

RULES = POLICY.checks
CORNER = Point(31.1, 121.4)
DEGREE = 111_195
"""Metres north in one degree."""
LAMP = "路灯坏了"
PILE = "夜里有人把一车装修垃圾倒在绿化带里，臭味很大，物业一直不来清理"


def north(metres: float) -> Point:
    return Point(CORNER.latitude + metres / DEGREE, CORNER.longitude)


def worded(words: str, place: Place, *others: tuple[str, Place]) -> Sequence[Alike]:
    """What is proposed for these words by the words of the others, numbered from 1 on."""
    new = case(words=words, place=place)
    around = [Neighbour(CaseId(n), *other) for n, other in enumerate(others, 1)]
    return in_words(new, around, TextLikeness(), RULES)


def numbers(found: Sequence[Alike]) -> list[int]:
    return [each.case_id for each in found]


def test_the_strongest_reason_stands_first_and_of_words_the_likest() -> None:
    known = (
        Alike(1, Sameness.NEAR),
        Alike(2, Sameness.CALLER),
        Alike(3, Sameness.COMPONENT),
    )
    said = (Alike(4, Sameness.WORDS, 40.0), Alike(5, Sameness.WORDS, 92.0))
    assert numbers(proposed(known, said)) == [3, 2, 1, 5, 4]


def test_a_case_is_proposed_once_with_its_strongest_reason() -> None:
    said = (Alike(1, Sameness.WORDS, 100.0),)
    assert proposed((Alike(1, Sameness.NEAR),), said) == (Alike(1, Sameness.NEAR),)


def test_never_more_than_a_person_compares() -> None:
    known = tuple(Alike(n, Sameness.NEAR) for n in range(1, 10))
    said = (Alike(77, Sameness.WORDS, 100.0),)
    assert numbers(proposed(known, said)) == [1, 2, 3, 4, 5]
    assert len(proposed(known, said)) == MOST


def test_why_a_candidate_is_one() -> None:
    new = case(component="31990001003000123", place=Place("", CORNER))
    other = replace(new, component="", class_code="06010", place=Place("", north(60)))
    candidates = [
        Candidate(replace(other, id=CaseId(1), component=new.component), same_caller=True),
        Candidate(replace(other, id=CaseId(2), class_code=new.class_code), same_caller=True),
        Candidate(
            replace(other, id=CaseId(3), class_code=new.class_code, place=Place("", north(40))),
            same_caller=False,
        ),
        Candidate(replace(other, id=CaseId(4)), same_caller=True),
        Candidate(replace(other, id=CaseId(5), class_code=new.class_code), same_caller=False),
    ]
    assert [(each.case_id, each.by) for each in alike(new, candidates, RULES)] == [
        (1, Sameness.COMPONENT),
        (2, Sameness.CALLER),
        (3, Sameness.NEAR),
    ]


def test_the_same_words_count_up_to_the_distance_of_the_rules() -> None:
    metres = RULES.same_words_metres
    near, far = Place("", north(metres - 1)), Place("", north(metres + 1))
    assert numbers(worded(PILE, Place("", CORNER), (PILE, near), (PILE, far))) == [1]


def test_a_place_that_is_not_on_the_map_is_not_far_away() -> None:
    assert numbers(worded(PILE, Place("", CORNER), (PILE, Place("村口")))) == [1]


def test_a_street_light_is_out_in_every_street() -> None:
    """Fewer than three words in common: only the very place makes two lights one."""
    there = ((LAMP, Place("学府路", north(200))), (LAMP, Place("学府路", north(20))))
    assert numbers(worded(LAMP, Place("柳岸路", CORNER), *there)) == [2]
    assert numbers(worded(LAMP, Place("老街"), (LAMP, Place("桃园里")))) == []
    assert numbers(worded(LAMP, Place("老街"), (LAMP, Place("老街")))) == [1]
    assert numbers(worded(LAMP, Place(""), (LAMP, Place("")))) == []


def test_two_matters_at_one_address_share_only_the_address() -> None:
    address = Place("青石桥路120号青石小区北门", CORNER)
    assert worded("井盖坏了", address, ("半夜有人唱歌", address)) == ()
