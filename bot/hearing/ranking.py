"""A plain ranking (BM25) that says of every point which word has earned it."""

import logging
from collections.abc import Mapping, Sequence

from bm25s import BM25

logging.getLogger("bm25s").setLevel(logging.WARNING)  # it tells of every index it builds

Weights = Mapping[str, float]


class Ranking:
    """Texts by name, each given as its words; a word that stands in it twice counts for more."""

    def __init__(self, texts: Mapping[str, Sequence[str]]) -> None:
        self._names = tuple(texts)
        self._index = BM25(method="lucene", k1=1.5, b=0.5)
        self._index.index([list(words) for words in texts.values()], show_progress=False)
        self._known = frozenset(word for words in texts.values() for word in words)
        self._weights: dict[str, Weights] = {}

    def weights(self, word: str) -> Weights:
        """What a word counts for each text that holds it; nothing for one that none holds."""
        if word not in self._known:
            return {}
        if word not in self._weights:
            scores = self._index.get_scores([word])
            found = {self._names[i]: float(scores[i]) for i in scores.nonzero()[0]}
            self._weights[word] = found
        return self._weights[word]
