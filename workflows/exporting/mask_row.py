"""What of a case and its caller goes into a file."""

from dataclasses import replace
from typing import Any, Final

from workflows.cases.discreet import discreet
from workflows.exporting.row import ExportRow
from workflows.hotline.scanning import without_name

SENTENCES: Final = ("place", "words", "note", "reply")


def masked(row: ExportRow) -> ExportRow:
    """The row without its caller, also where somebody has written of them in a sentence."""
    said: dict[str, Any] = {
        each: without_name(discreet(getattr(row, each), row.caller), row.address)
        for each in SENTENCES
    }
    return replace(row, **said, caller="", phone="", address="")


def told(row: ExportRow, *, callers: bool) -> ExportRow:
    """With its caller only where that was approved, and never where the caller is shielded."""
    return row if callers and not row.shielded else masked(row)
