"""Words of people as a cell: nothing a spreadsheet program would run, nothing that turns text."""

import unicodedata
from typing import Final

from bot.plain import one_line

FORMULA: Final = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "＝",
    "＋",
    "－",
    "＠",
    "﹦",
    "﹢",
    "﹣",
    "﹫",
    "−",
)
"""A cell that begins so is run by spreadsheet programs; some read the full-width signs as well."""

UNSEEN: Final = frozenset({"Cf", "Zs"})
"""Categories of signs without a look of their own: joiners, marks of direction, blanks."""

LONGEST_CELL: Final = 32_000
"""Excel holds 32,767 characters and calls a file with more damaged."""


def is_formula(cell: str) -> bool:
    """Whether the first sign that can be seen begins a formula."""
    seen = (sign for sign in cell if sign != "\n" and unicodedata.category(sign) not in UNSEEN)
    return next(seen, "") in FORMULA


def harmless(words: str) -> str:
    """On one line and shown as it stands, whatever it begins with."""
    cell = one_line(words)[:LONGEST_CELL]
    return f"'{cell}" if is_formula(cell) else cell
