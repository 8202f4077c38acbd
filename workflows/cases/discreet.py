"""What people type with an act, without anybody's number and without the caller's name.

Whoever reads a note, a reason or a reply need not know them; whoever must call looks at the number
with a reason of their own (domain.md 6). What was typed is kept nowhere else: the complaint itself
is, sealed, and everything else stands in the chat of whoever typed it.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from workflows.cases.case import Case
from workflows.cases.step import Step
from workflows.hotline.scanning import without_name, without_numbers
from workflows.ports import Work

SENTENCES: Final = (
    "reason",
    "note",
    "reply",
    "citizens_words",
    "told",
    "proof",
    "document",
)
SAID: Final = "said"
"""What of a note this very message said, in the journal's details."""


def discreet(words: str, caller: str = "") -> str:
    """A sentence as others may read it."""
    return without_name(without_numbers(words), caller)


async def discreetly(work: Work, case: Case, step: Step) -> Step:
    """The step with every sentence of it as others may read it."""
    given = step.given
    typed = {name: words for name in SENTENCES if (words := getattr(given, name))}
    if not typed and SAID not in step.details:
        return step
    caller = await work.cases.caller(case.id) if case.order is not None else None
    name = caller.name if caller else ""
    masked: dict[str, Any] = {each: discreet(words, name) for each, words in typed.items()}
    return replace(step, given=replace(given, **masked), details=_details(step.details, name))


def _details(details: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    said = details.get(SAID)
    return {**details, SAID: discreet(said, name)} if isinstance(said, str) else details
