"""What a message seems to be about: classes by its words, somebody else's matter, a number."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from workflows.policy.elsewhere import Topic

PHONE: Final = re.compile(r"(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4})(?!\d)")
LANDLINE: Final = re.compile(r"(?<!\d)(0\d{2,3}[- ]?\d{7,8}|[2-8]\d{7})(?!\d)")


@dataclass(frozen=True, slots=True)
class Guess:
    """A class and condition that the words may mean, and the words it rests on, best first."""

    class_code: str
    condition_id: str
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A matter that is nothing for the grid: whose it is, and the words that say so."""

    topic: Topic
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hearing:
    """The likeliest classes first; `elsewhere` where another body's matter is likelier still."""

    guesses: tuple[Guess, ...] = ()
    elsewhere: Elsewhere | None = None


@dataclass(frozen=True, slots=True)
class Meaning:
    """Words that people have taught for a class."""

    class_code: str
    words: tuple[str, ...]


class Ear(Protocol):
    """Listens with the catalogue, with what people say for it, and with what it was taught."""

    def hear(self, words: str, taught: Sequence[Meaning] = (), most: int = 3) -> Hearing:
        """No guesses where nothing fits."""

    def fit(self, words: str, class_code: str) -> Guess | None:
        """What speaks for one class, however little; None for a class that is never guessed."""

    def unheard(self, words: str, class_code: str, private: Sequence[str] = ()) -> tuple[str, ...]:
        """Words that carry no weight for this class and may be remembered for it.

        Never a number, a name or a place, and nothing that occurs in a `private` text.
        """


@dataclass(frozen=True, slots=True)
class Like:
    """How much another message is alike, from 0 to 100; 100 is word for word.

    `shared` is how many words that say something the two have in common.
    """

    place: int
    score: float
    shared: int


class Likeness(Protocol):
    """Compares what was written, whatever the blanks, punctuation and order of sentences."""

    def like(self, words: str, others: Sequence[str]) -> tuple[Like, ...]:
        """Those of the others that say the same, most alike first, by their place."""


def phone_in(words: str) -> str:
    """The first telephone number in the words, digits only; empty if there is none."""
    match = PHONE.search(words) or LANDLINE.search(words)
    return re.sub(r"\D", "", match.group(1)) if match else ""
