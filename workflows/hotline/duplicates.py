"""Which open cases may be the same one: proposed here, decided by people (domain.md 2.4)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Final

from workflows.cases.alike import Alike, Sameness
from workflows.cases.case import Case, CaseId, Place, Point
from workflows.hotline.understand import Likeness
from workflows.policy.policy import CheckRules

EARTH_METRES: Final = 6_371_000
COMPONENT: Final = re.compile(r"(?<!\d)\d{17}(?!\d)")
MOST: Final = 5
"""More than a person compares."""
NEIGHBOURS: Final = 300
"""Recent cases whose words are compared."""
ENOUGH: Final = 3
"""Words in common, those of the place among them; with fewer, such as "the street light is out",
two streets say the same, so only the very place makes them one."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An open case of the same class or component; `same_caller` if the numbers are equal."""

    case: Case
    same_caller: bool


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A recent open case of the district: what was said, and where."""

    id: CaseId
    words: str
    place: Place


def component_in(words: str) -> str:
    """The number of a component, 17 digits (GB/T 47678.5, domain.md 1.3); empty if none."""
    match = COMPONENT.search(words)
    return match.group() if match else ""


def alike(case: Case, candidates: Iterable[Candidate], rules: CheckRules) -> tuple[Alike, ...]:
    """The same component, the same caller about the same class, or the same class near by."""
    known = ((each.case.id, _sameness(case, each, rules)) for each in candidates)
    return tuple(Alike(number, by) for number, by in known if by is not None)


def _sameness(case: Case, other: Candidate, rules: CheckRules) -> Sameness | None:
    if case.component and case.component == other.case.component:
        return Sameness.COMPONENT
    if case.class_code != other.case.class_code:
        return None
    if other.same_caller:
        return Sameness.CALLER
    apart = _apart(case.place, other.case.place)
    return Sameness.NEAR if apart is not None and apart <= rules.same_within_metres else None


def in_words(
    case: Case, neighbours: Sequence[Neighbour], likeness: Likeness, rules: CheckRules
) -> tuple[Alike, ...]:
    """Cases that say the same, whatever their class; never one that is known to be far away.

    What was said must be alike by itself: two matters at one address share the address. At the
    very place it is enough; else the words of the place count as well.
    """
    around = [each for each in neighbours if not _is_far(case.place, each.place, rules)]
    said = likeness.like(case.words, [each.words for each in around])
    if not said:
        return ()
    with_place = [f"{each.words} {each.place.words}" for each in around]
    whole = likeness.like(f"{case.words} {case.place.words}", with_place)
    here = [like for like in said if _same_place(case.place, around[like.place].place, rules)]
    alone, spots = {like.place for like in said}, {like.place for like in here}
    there = [each for each in whole if each.place in alone - spots and each.shared >= ENOUGH]
    return tuple(
        Alike(around[like.place].id, Sameness.WORDS, like.score) for like in (*here, *there)
    )


def proposed(*found: Sequence[Alike]) -> tuple[Alike, ...]:
    """Each case once with its strongest reason; of a reason the first found stands first."""
    strength = list(Sameness)
    ranked = sorted(
        (each for some in found for each in some), key=lambda a: (strength.index(a.by), -a.score)
    )
    best: dict[int, Alike] = {}
    for each in ranked:
        best.setdefault(each.case_id, each)
    return tuple(best.values())[:MOST]


def _is_far(here: Place, there: Place, rules: CheckRules) -> bool:
    apart = _apart(here, there)
    return apart is not None and apart > rules.same_words_metres


def _same_place(here: Place, there: Place, rules: CheckRules) -> bool:
    apart = _apart(here, there)
    if apart is not None:
        return apart <= rules.same_within_metres
    return bool(here.words.strip()) and here.words.split() == there.words.split()


def _apart(here: Place, there: Place) -> float | None:
    """Metres between them, None where one of them is not on the map."""
    if here.point is None or there.point is None:
        return None
    return distance(here.point, there.point)


def distance(one: Point, other: Point) -> float:
    """Metres along the great circle."""
    up, across = (
        radians(other.latitude - one.latitude),
        radians(other.longitude - one.longitude),
    )
    bend = cos(radians(one.latitude)) * cos(radians(other.latitude))
    return 2 * EARTH_METRES * asin(sqrt(sin(up / 2) ** 2 + bend * sin(across / 2) ** 2))
