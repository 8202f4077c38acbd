"""Telephone and identity numbers in what people write: all of them, however they are spaced.

People write numbers with blanks and dashes, in full-width digits, or in Chinese words to get past
just such a filter. Every sign is first turned into its plain digit, one for one, so that what is
found there is found at the same place in the words as they were written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from workflows.hotline.masking import mask

DIGITS: Final = {
    **{chr(0xFF10 + n): str(n) for n in range(10)},
    **{chr(0x0660 + n): str(n) for n in range(10)},
    **{"①②③④⑤⑥⑦⑧⑨"[n]: str(n + 1) for n in range(9)},
    **dict(zip("⓪－—–‐＋．（）　", "0----+.() ", strict=True)),
    **dict.fromkeys("Ｘｘ", "X"),
}
WORDS: Final = dict(
    zip("〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "001234567891123456789", strict=True)
)
PLAIN: Final = str.maketrans(DIGITS)
SPOKEN: Final = str.maketrans({**DIGITS, **WORDS})

GAP: Final = r"[-\s.·_*()]{0,2}"


def _spaced(*pieces: str) -> str:
    return GAP.join(pieces)


MOBILE: Final = _spaced(r"1[3-9]", *[r"\d"] * 9)
LANDLINE: Final = rf"0\d{{2,3}}{GAP}\d{{3,4}}[- ]?\d{{4}}"
LOCAL: Final = r"[2-8]\d{3}[- ]?\d{4}"
ABROAD: Final = r"\+(?!86)\d(?:[- .()]{0,2}\d){7,14}"
IDENTITY: Final = _spaced(*[r"\d"] * 17, r"[\dXx]")
OLD_IDENTITY: Final = r"[1-8]\d{14}"
COUNTRY: Final = rf"(?:(?:\+|00)?{GAP}86{GAP})?"

BEFORE, AFTER = r"(?<!\d)", r"(?!\d)"
SHAPES: Final = (
    re.compile(rf"(?P<abroad>{ABROAD}){AFTER}"),
    re.compile(rf"{BEFORE}(?P<identity>{IDENTITY}){AFTER}"),
    re.compile(rf"{BEFORE}(?P<old>{OLD_IDENTITY}){AFTER}"),
    re.compile(rf"{BEFORE}{COUNTRY}(?P<mobile>{MOBILE}){AFTER}"),
    re.compile(rf"{BEFORE}(?P<landline>{LANDLINE}|{LOCAL}){AFTER}"),
    re.compile(
        rf"{BEFORE}(?:1[3-9]\d{{9}})*(?P<joined>1[3-9]\d{{9}})(?=(?:1[3-9]\d{{9}})*{AFTER})"
    ),
)
"""The longest first: what lies inside something that was found already is no find of its own."""

WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS: Final = "10X98765432"
"""The check digit of GB 11643-1999: the sum of weighted digits, modulo 11."""


class Number(StrEnum):
    """What kind of number it is."""

    PHONE = "phone"
    IDENTITY = "identity"


@dataclass(frozen=True, slots=True)
class Found:
    """A number in words: where it begins and ends there, and its own digits."""

    kind: Number
    start: int
    end: int
    digits: str


def numbers_in(words: str) -> tuple[Found, ...]:
    """Every number of a person in the words, in their order; none lies inside another."""
    found: list[Found] = []
    for plain in dict.fromkeys((words.translate(PLAIN), words.translate(SPOKEN))):
        for each in _shapes_in(plain):
            if not any(each.start < other.end and other.start < each.end for other in found):
                found.append(each)
    return tuple(sorted(found, key=lambda each: each.start))


def without_numbers(words: str) -> str:
    """The words with every number masked, for all who need not see it."""
    for each in reversed(numbers_in(words)):
        masked = mask(each.digits) if each.kind is Number.PHONE else mask_identity(each.digits)
        words = words[: each.start] + masked + words[each.end :]
    return words


def without_name(words: str, name: str) -> str:
    """The words without somebody's name, except its first letter; one letter alone is no name."""
    name = name.strip()
    if len(name) < SHORTEST_NAME:
        return words
    return re.sub(re.escape(name), mask_name(name), words, flags=re.IGNORECASE)


SHORTEST_NAME: Final = 2


def mask_name(name: str) -> str:
    """王**: who has spoken to the person knows whom it means."""
    return name[:1] + "*" * max(len(name) - 1, 0)


def mask_identity(digits: str) -> str:
    """310***********1234: the province, and what tells two of one family apart."""
    return f"{digits[:3]}{'*' * (len(digits) - 7)}{digits[-4:]}"


def _shapes_in(plain: str) -> Iterator[Found]:
    for shape in SHAPES:
        for match in shape.finditer(plain):
            name = str(match.lastgroup)
            digits = "".join(sign for sign in match.group(name).upper() if sign in "0123456789X")
            kind = Number.IDENTITY if name in {"identity", "old"} else Number.PHONE
            if _is_meant(name, digits):
                yield Found(kind, match.start(name), match.end(name), digits)


def _is_meant(name: str, digits: str) -> bool:
    match name:
        case "identity":
            return _checks(digits) or _is_day(digits[6:14])
        case "old":
            return _is_day(f"19{digits[6:12]}")
        case "landline":
            return not (len(digits) == DAY and digits[:2] == "20" and _is_day(digits))
        case _:
            return True


DAY: Final = 8


def _checks(digits: str) -> bool:
    if not digits[:17].isdecimal():
        return False
    total = sum(int(sign) * weight for sign, weight in zip(digits, WEIGHTS, strict=False))
    return CHECKS[total % 11] == digits[17]


def _is_day(digits: str) -> bool:
    """Whether eight digits are a day of somebody's life, mistyped check digit or not."""
    try:
        return FIRST_YEAR <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year < LAST
    except ValueError:
        return False


FIRST_YEAR, LAST = 1900, 2100
