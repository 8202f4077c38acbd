"""How alike two messages are: by the words they share, rare ones counting for more."""

from collections import Counter
from collections.abc import Collection, Sequence
from functools import lru_cache
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
        seen = Counter(word for each in (said, *heard) for word in each)
        weight = {word: log(1 + (len(heard) + 1) / count) ** 2 for word, count in seen.items()}
        found = [
            Like(place, _cosine(said, each, weight), len(said & each))
            for place, each in enumerate(heard)
            if each
        ]
        alike = (like for like in found if like.score >= ALIKE)
        return tuple(sorted(alike, key=lambda like: (-like.score, like.place)))


def _cosine(one: frozenset[str], other: frozenset[str], weight: dict[str, float]) -> float:
    """From 0 to 100."""
    length = sqrt(_sum(one, weight) * _sum(other, weight))
    return round(100 * _sum(one & other, weight) / length, 1) if length else 0.0


def _sum(words: Collection[str], weight: dict[str, float]) -> float:
    return sum(weight[word] for word in words)


@lru_cache(maxsize=2000)
def _words(text: str) -> frozenset[str]:
    return frozenset(words_of(text[:LONGEST]))
