"""Which open cases may be the same one: proposed here, decided by people (domain.md 2.4)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Final

from workflows.cases.case import Case, CaseId, Point

EARTH_METRES: Final = 6_371_000
COMPONENT: Final = re.compile(r"(?<!\d)\d{17}(?!\d)")
MOST: Final = 5
"""More than a person compares."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An open case of the same class or component; `same_caller` if the numbers are equal."""

    case: Case
    same_caller: bool


def component_in(words: str) -> str:
    """The number of a component, 17 digits (GB/T 47678.5, domain.md 1.3); empty if none."""
    match = COMPONENT.search(words)
    return match.group() if match else ""


def alike(case: Case, candidates: Iterable[Candidate], metres: int) -> tuple[CaseId, ...]:
    """The same component, the same caller about the same class, or the same class near by."""
    found = [each.case for each in candidates if _is_alike(case, each, metres)]
    return tuple(other.id for other in found[:MOST])


def _is_alike(case: Case, other: Candidate, metres: int) -> bool:
    if case.component and case.component == other.case.component:
        return True
    if case.class_code != other.case.class_code:
        return False
    here, there = case.place.point, other.case.place.point
    near = here is not None and there is not None and distance(here, there) <= metres
    return other.same_caller or near


def distance(one: Point, other: Point) -> float:
    """Metres along the great circle."""
    up, across = (
        radians(other.latitude - one.latitude),
        radians(other.longitude - one.longitude),
    )
    bend = cos(radians(one.latitude)) * cos(radians(other.latitude))
    return 2 * EARTH_METRES * asin(sqrt(sin(up / 2) ** 2 + bend * sin(across / 2) ** 2))
