"""The keyword count that heard before: what the real ear must be better than."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from math import log

from workflows.policy.catalogue import CaseClass, CaseKind, Catalogue

NAME_COUNTS = 3
ENOUGH = 1.5
EVERYWHERE = frozenset(("异常", "fault", "problem", "or", "and", "of", "on", "the", "a"))
CHINESE = re.compile(r"[一-鿿]+")
LATIN = re.compile(r"[a-z]{3,}")


class KeywordCount:
    """Counts pairs of characters that a message shares with a class; knows nothing elsewhere."""

    def __init__(self, catalogue: Catalogue) -> None:
        classes = [c for c in catalogue.classes.values() if c.kind is not CaseKind.APPEAL]
        self._names = {c.code: _grams(f"{c.zh} {c.en}") for c in classes}
        self._texts = {c.code: self._names[c.code] | _conditions(c) for c in classes}
        seen = Counter(gram for grams in self._texts.values() for gram in grams)
        self._weight: Mapping[str, float] = {
            gram: log(1 + len(classes) / count) for gram, count in seen.items()
        }

    def classes(self, words: str, most: int = 3) -> tuple[str, ...]:
        said = _grams(words)
        scores = {code: self._score(code, said) for code in self._texts}
        found = [code for code, score in scores.items() if score >= ENOUGH]
        return tuple(sorted(found, key=lambda code: (-scores[code], code))[:most])

    def _score(self, code: str, said: frozenset[str]) -> float:
        shared = said & self._texts[code]
        score = sum(
            self._weight[gram] * (NAME_COUNTS if gram in self._names[code] else 1)
            for gram in shared
        )
        return score / log(8 + len(self._texts[code]))


def _grams(text: str) -> frozenset[str]:
    return frozenset(_each(text.lower())) - EVERYWHERE


def _each(text: str) -> Iterator[str]:
    for run in CHINESE.findall(text):
        yield from (run[i : i + 2] for i in range(len(run) - 1))
    yield from LATIN.findall(text)


def _conditions(entry: CaseClass) -> frozenset[str]:
    return frozenset().union(*(_grams(f"{c.zh} {c.en}") for c in entry.conditions))
