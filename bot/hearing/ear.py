"""The ear of a city: ranks classes and other bodies' topics by the words of a message."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from bot.hearing.ranking import Ranking
from bot.hearing.words import teachable, words_of
from workflows.hotline.understand import Elsewhere, Guess, Hearing, Meaning
from workflows.policy.catalogue import CaseClass, CaseKind
from workflows.policy.elsewhere import Topic
from workflows.policy.policy import Policy

NAME: Final = 3
"""A word of the name counts like three of a condition."""

SAYING: Final = 2
TAUGHT: Final = 6.0
"""A word that people have taught outweighs any other: somebody has said what it means."""

EARLY: Final = 10
"""So many words count in full; later ones less and less: people say first what it is about."""

ENOUGH: Final = 2.0
"""Below this score a guess would be a coin toss, and none is made."""

MARGIN: Final = 1.0
"""So much likelier than any class must another body's matter be: a grid rather looks twice."""

MOST_TAUGHT: Final = 6
"""Words that one correction teaches at most."""

Scores = dict[str, dict[str, float]]


class CatalogueEar:
    """Implements `workflows.hotline.understand.Ear`; building it reads every word once."""

    def __init__(self, policy: Policy) -> None:
        ranked = [c for c in policy.catalogue.classes.values() if c.kind is not CaseKind.APPEAL]
        self._classes = {str(c.code): c for c in ranked}
        self._topics = {f"elsewhere:{t.key}": t for t in policy.elsewhere.values()}
        texts = {
            code: _class_text(entry, policy.sayings.get(entry.code, ()))
            for code, entry in self._classes.items()
        }
        texts |= {name: _topic_text(topic) for name, topic in self._topics.items()}
        self._ranking = Ranking(texts)

    def hear(self, words: str, taught: Sequence[Meaning] = (), most: int = 3) -> Hearing:
        scores = self._scores(words_of(words), taught)
        guesses = [self._guess(code, scores[code]) for code in scores if code in self._classes]
        best = sorted(
            (guess for guess in guesses if guess.score >= ENOUGH),
            key=lambda guess: (-guess.score, guess.class_code),
        )[:most]
        return Hearing(tuple(best), self._elsewhere(scores, best[0].score if best else 0.0))

    def fit(self, words: str, class_code: str) -> Guess | None:
        if class_code not in self._classes:
            return None
        return self._guess(class_code, self._scores(words_of(words), ()).get(class_code, {}))

    def unheard(self, words: str, class_code: str, private: Sequence[str] = ()) -> tuple[str, ...]:
        """Those that the ranking knows for no class come first, at most six altogether."""
        if class_code not in self._classes:
            return ()
        known = {word: self._ranking.weights(word) for word in teachable(words, private)}
        silent = [word for word, weights in known.items() if class_code not in weights]
        return tuple(sorted(silent, key=lambda word: len(known[word]))[:MOST_TAUGHT])

    def _scores(self, said: Sequence[str], taught: Sequence[Meaning]) -> Scores:
        """By class or topic, what each word of the message counts for it."""
        scores: Scores = defaultdict(dict)
        meanings = [(word, each.class_code) for each in taught for word in each.words]
        meant = Counter(word for word, _ in set(meanings))
        lessons: Scores = defaultdict(dict)
        for word, code in meanings:
            if code in self._classes:
                lessons[word][code] = TAUGHT / meant[word]
        for place, word in enumerate(said):
            share = EARLY / (EARLY + 2 * max(place + 1 - EARLY, 0))
            for name, weight in {**self._ranking.weights(word), **lessons.get(word, {})}.items():
                scores[name][word] = weight * share
        return scores

    def _guess(self, code: str, earned: dict[str, float]) -> Guess:
        entry = self._classes[code]
        best = max(
            entry.conditions,
            key=lambda c: (
                sum(earned.get(word, 0.0) for word in words_of(f"{c.zh} {c.en}")),
                c.is_default,
            ),
        )
        return Guess(code, best.id, round(sum(earned.values()), 3), _reasons(earned))

    def _elsewhere(self, scores: Scores, to_beat: float) -> Elsewhere | None:
        sums = {name: sum(scores[name].values()) for name in self._topics if name in scores}
        best = max(sums, key=lambda name: sums[name], default=None)
        if best is None or sums[best] < max(to_beat + MARGIN, ENOUGH):
            return None
        return Elsewhere(self._topics[best], round(sums[best], 3), _reasons(scores[best]))


def _reasons(earned: dict[str, float]) -> tuple[str, ...]:
    """The words that earned most first, without those that are part of a longer one."""
    words = sorted(earned, key=lambda word: -earned[word])
    return tuple(
        word for word in words if not any(word != other and word in other for other in words)
    )


def _class_text(entry: CaseClass, sayings: Sequence[str]) -> list[str]:
    text = [*words_of(f"{entry.zh} {entry.en}")] * NAME
    for saying in sayings:
        text += [*words_of(saying)] * SAYING
    for condition in entry.conditions:
        text += words_of(f"{condition.zh} {condition.en}")
    return text


def _topic_text(topic: Topic) -> list[str]:
    text = [*words_of(f"{topic.zh} {topic.en}")] * NAME
    for word in topic.words:
        text += [*words_of(word)] * SAYING
    return text
