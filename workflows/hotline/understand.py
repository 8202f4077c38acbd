"""What a message seems to be about: class and filing condition by its words, and a number.

A plain count over the catalogue's own names and conditions: pairs of neighbouring Chinese
characters and whole Latin words, each weighing more the fewer classes use it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log
from typing import Final

from workflows.hotline.masking import mask
from workflows.policy.catalogue import CaseClass, CaseKind, Catalogue, ClassCode, FilingCondition

NAME_COUNTS: Final = 3
"""A word of the class's name says more than one of its conditions."""

ENOUGH: Final = 1.5
"""Below this score a guess would be a coin toss, and none is made."""

EVERYWHERE: Final = frozenset(("异常", "fault", "problem", "or", "and", "of", "on", "the", "a"))
CHINESE: Final = re.compile(r"[一-鿿]+")
LATIN: Final = re.compile(r"[a-z]{3,}")
PHONE: Final = re.compile(r"(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4})(?!\d)")
LANDLINE: Final = re.compile(r"(?<!\d)(0\d{2,3}[- ]?\d{7,8}|[2-8]\d{7})(?!\d)")


@dataclass(frozen=True, slots=True)
class Guess:
    """A class and condition that the words may mean, and the words it rests on."""

    class_code: str
    condition_id: str
    score: float
    words: tuple[str, ...]


class Ear:
    """Listens with one catalogue; building it counts every word once."""

    def __init__(self, catalogue: Catalogue) -> None:
        classes = [c for c in catalogue.classes.values() if c.kind is not CaseKind.APPEAL]
        self._names = {c.code: _grams(f"{c.zh} {c.en}") for c in classes}
        self._texts = {c.code: self._names[c.code] | _conditions(c) for c in classes}
        self._classes = {c.code: c for c in classes}
        seen = Counter(gram for grams in self._texts.values() for gram in grams)
        self._weight: Mapping[str, float] = {
            gram: log(1 + len(classes) / count) for gram, count in seen.items()
        }

    def guesses(self, words: str, most: int = 3) -> tuple[Guess, ...]:
        """The likeliest classes first; empty where nothing fits."""
        said = _grams(words)
        found = [guess for code in self._classes if (guess := self._guess(code, said))]
        return tuple(sorted(found, key=lambda g: (-g.score, g.class_code))[:most])

    def _guess(self, code: ClassCode, said: frozenset[str]) -> Guess | None:
        entry = self._classes[code]
        shared = said & self._texts[entry.code]
        score = sum(
            self._weight[gram] * (NAME_COUNTS if gram in self._names[entry.code] else 1)
            for gram in shared
        )
        score /= log(8 + len(self._texts[entry.code]))
        if score < ENOUGH:
            return None
        best = max(entry.conditions, key=lambda c: (self._fits(c, said), c.is_default))
        return Guess(entry.code, best.id, round(score, 3), tuple(sorted(shared)))

    def _fits(self, condition: FilingCondition, said: frozenset[str]) -> float:
        shared = said & _grams(f"{condition.zh} {condition.en}")
        return sum(self._weight.get(gram, 0) for gram in shared)


def phone_in(words: str) -> str:
    """The first telephone number in the words, digits only; empty if there is none."""
    match = PHONE.search(words) or LANDLINE.search(words)
    return re.sub(r"\D", "", match.group(1)) if match else ""


def without_numbers(words: str) -> str:
    """The words with every telephone number masked: workers read them, and not only workers."""

    def masked(match: re.Match[str]) -> str:
        return match.group(0).replace(match.group(1), mask(match.group(1)))

    return LANDLINE.sub(masked, PHONE.sub(masked, words))


def _grams(text: str) -> frozenset[str]:
    return frozenset(_each(text.lower())) - EVERYWHERE


def _each(text: str) -> Iterator[str]:
    for run in CHINESE.findall(text):
        yield from (run[i : i + 2] for i in range(len(run) - 1))
    yield from LATIN.findall(text)


def _conditions(entry: CaseClass) -> frozenset[str]:
    return frozenset().union(*(_grams(f"{c.zh} {c.en}") for c in entry.conditions))
