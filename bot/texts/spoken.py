"""What people say to us: words that mean an action, with or without a case number; pure."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.texts.vocabulary import (
    LOOKS,
    NOT_AS_IT_SHOULD,
    NOT_REACHED,
    SAYS_HOW_IT_WENT,
    SPOKEN,
    TAKES_PHOTO_BACK,
    TAKES_WORDS,
    UNSHOWN,
)
from workflows.cases.case import Action, ContactResult
from workflows.cases.check import Found
from workflows.cases.take_back_photo import TAKE_BACK_PHOTO

_WORDS: Final = tuple(
    sorted({w for words in SPOKEN.values() for w in words}, key=lambda word: (-len(word), word))
)
_NUMBER: Final = re.compile(
    r"^(?:#|no\.?\s*|案件|工单)?\s*(?P<number>\d{1,9})号?(?=\D|$)(?P<rest>.*)$",
    re.DOTALL | re.IGNORECASE,
)
_GAP: Final = " \t\n,.:;!-—，。：；！、#"


@dataclass(frozen=True, slots=True)
class Spoken:
    """An action in words: which, on which case if one was named, and what else was said.

    `contact` is what a call's act says of the call, `found` what a look on site showed; neither
    is there for other actions; `unshown` hands work in without all its photos. `also` are the
    other things that the same word may mean: 通过 closes a case with a caller or without.
    """

    action: Action
    number: int | None = None
    rest: str = ""
    contact: ContactResult | None = None
    also: tuple[Action, ...] = ()
    found: Found | None = None
    unshown: bool = False


def spoken(text: str, could: Callable[[Action], bool] = lambda _: True) -> Spoken | None:
    """Read 签收 42, 42 签收, #42 完成 已清理, sign 42 and the like; None if it is anything else.

    `could` says whether this person ever does an action; of a word's meanings the first such one
    is meant. A word must stand alone, before a number or before a gap: 到了没有 is no arrival.
    """
    typed = text.strip()
    number, said = _numbered(_narrow(typed))
    word = _word(said)
    meanings = [a for a, words in SPOKEN.items() if word in words and could(a)]
    if not meanings:
        return None
    action, *others = meanings
    rest = said[len(word) :].lstrip(_GAP)
    if number is None:
        number, rest = _numbered(rest)
    if rest and number is None and not _belongs(action, said[len(word) :]):
        return None
    contact = contact_in(said) if action in SAYS_HOW_IT_WENT else None
    found = found_in(said) if action in LOOKS else None
    unshown = action is Action.SUBMIT and word in UNSHOWN
    kept = typed[len(typed) - len(rest) :]
    return Spoken(action, number, kept, contact, tuple(others), found, unshown)


def word_for(action: str, language: str) -> str:
    """The word to teach for an action: the first one of the language; of others, signing."""
    words = next((words for known, words in SPOKEN.items() if known == action), ())
    words = TAKES_PHOTO_BACK if action == TAKE_BACK_PHOTO else words
    is_chinese = language == "zh"
    fitting = (w for w in words or SPOKEN[Action.SIGN_FOR] if w.isascii() is not is_chinese)
    return next(fitting)


def photo_taken_back(text: str) -> int | None:
    """The case's number in 撤回照片 42, 0 where none is named; None if it is anything else."""
    said = _narrow(text.strip()).lower()
    word = next((word for word in TAKES_PHOTO_BACK if said.startswith(word)), None)
    if word is None:
        return None
    number, rest = _numbered(said[len(word) :].lstrip(_GAP))
    return None if rest.strip(_GAP) else number or 0


def contact_in(words: str) -> ContactResult:
    """What a sentence about a call says of its result: reached, unless it says otherwise."""
    lowered = words.lower()
    return next((r for word, r in NOT_REACHED.items() if word in lowered), ContactResult.REACHED)


def found_in(words: str) -> Found:
    """What a sentence about a look on site says it showed: right, unless it says otherwise."""
    lowered = words.lower()
    return next(
        (found for word, found in NOT_AS_IT_SHOULD.items() if word in lowered), Found.RIGHT
    )


def _numbered(said: str) -> tuple[int | None, str]:
    """A case number at the beginning, and what follows it."""
    match = _NUMBER.match(said)
    if match is None:
        return None, said
    return int(match["number"]), match["rest"].lstrip(_GAP)


def _narrow(typed: str) -> str:
    """Wide digits and signs as narrow ones, character by character, so that places stay.

    What is kept of a sentence is kept as it was typed: the caller may hear it read out.
    """
    narrow = (unicodedata.normalize("NFKC", letter) for letter in typed)
    return "".join(n if len(n) == 1 else t for n, t in zip(narrow, typed, strict=True))


def _word(said: str) -> str:
    """The longest word of an action that stands at the beginning; empty if none does."""
    lowered = said.lower()
    for word in _WORDS:
        after = lowered[len(word) : len(word) + 1]
        if lowered.startswith(word) and (not after or after in _GAP or after.isdigit()):
            return word
    return ""


def _belongs(action: Action, behind: str) -> bool:
    """Whether a sentence behind the word is part of the act; “done with half of it” is not."""
    ordinary_english = behind.startswith(" ") and behind.lstrip()[:1].isascii()
    return action in TAKES_WORDS and not (action is Action.SUBMIT and ordinary_english)
