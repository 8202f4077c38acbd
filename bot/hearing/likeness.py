"""How alike two messages are: by the words they share, rare ones counting for more."""

from collections import Counter
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import chain
from math import log, sqrt
from typing import Final

from bot.hearing.words import words_of
from workflows.hotline.understand import Like

ALIKE: Final = 25.0
"""From here on two messages are proposed as one; measured on real ones (docs/architecture.md)."""

LONGEST: Final = 1500
"""Characters that are compared; whoever repeats a message repeats its beginning."""


class TextLikeness:
    """Implements `workflows.hotline.understand.Likeness`: the cosine of two sets of words.

    How rare a word is, is counted over all messages of the call, so the more there are to
    compare with, the better it knows which words say something.
    """

    def like(self, words: str, others: Sequence[str]) -> tuple[Like, ...]:
        said = _words(words)
        heard = [_words(other) for other in others]
        seen = Counter(chain(said, *heard))
        rare = {n: log(1 + (len(heard) + 1) / n) ** 2 for n in set(seen.values())}
        weight = {word: rare[count] for word, count in seen.items()}
        whole = _sum(said, weight)
        found = [
            Like(place, _cosine(whole, said & each, each, weight), len(said & each))
            for place, each in enumerate(heard)
            if not said.isdisjoint(each)
        ]
        alike = (like for like in found if like.score >= ALIKE)
        return tuple(sorted(alike, key=lambda like: (-like.score, like.place)))


def _cosine(
    whole: float, shared: frozenset[str], other: frozenset[str], weight: dict[str, float]
) -> float:
    """From 0 to 100; `whole` is the sum of the words that are compared with the other's."""
    length = sqrt(whole * _sum(other, weight))
    return round(100 * _sum(shared, weight) / length, 1) if length else 0.0


def _sum(words: Collection[str], weight: dict[str, float]) -> float:
    return sum(map(weight.__getitem__, words))


@lru_cache(maxsize=4000)
def _words(text: str) -> frozenset[str]:
    return frozenset(words_of(text[:LONGEST]))
