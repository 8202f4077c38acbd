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

LONGEST_CELL: Final = 32_000
"""Excel holds 32,767 characters and calls a file with more damaged."""


def is_formula(cell: str) -> bool:
    """Whether the first sign that can be seen begins a formula."""
    seen = cell.lstrip("".join({sign for sign in cell if unicodedata.category(sign) == "Cf"}))
    return cell.startswith(FORMULA) or seen.lstrip(" \n").startswith(FORMULA)


def harmless(words: str) -> str:
    """On one line and shown as it stands, whatever it begins with."""
    cell = one_line(words)[:LONGEST_CELL]
    return f"'{cell}" if is_formula(cell) else cell
