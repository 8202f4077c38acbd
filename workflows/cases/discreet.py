"""What people type with an act, without anybody's number and without who called from where.

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
from workflows.ports import Caller, Work

SENTENCES: Final = (
    "reason",
    "note",
    "reply",
    "citizens_words",
    "told",
    "proof",
    "document",
    "unshown",
)
SAID: Final = "said"
"""What of a note this very message said, in the journal's details."""


def discreet(words: str, *theirs: str) -> str:
    """A sentence as others may read it; `theirs` are a caller's name, a caller's address."""
    words = without_numbers(words)
    for each in theirs:
        words = without_name(words, each)
    return words


async def discreetly(work: Work, case: Case, step: Step) -> Step:
    """The step with every sentence of it as others may read it."""
    given = step.given
    typed = {name: words for name in SENTENCES if (words := getattr(given, name))}
    if not typed and SAID not in step.details:
        return step
    theirs = await private_of(work, case)
    masked: dict[str, Any] = {each: discreet(words, *theirs) for each, words in typed.items()}
    return replace(step, given=replace(given, **masked), details=_details(step.details, theirs))


async def discreet_answers(
    work: Work, case: Case | None, answers: Mapping[str, Any]
) -> dict[str, Any]:
    """Answers as the next question may repeat them: it stays on a screen until it is answered."""
    theirs = await private_of(work, case) if any(each in SENTENCES for each in answers) else ()
    return {
        name: discreet(said, *theirs) if name in SENTENCES and isinstance(said, str) else said
        for name, said in answers.items()
    }


async def private_of(work: Work, case: Case | None) -> tuple[str, ...]:
    """What nobody need read of who called about it."""
    if case is None or case.order is None:
        return ()
    return private(await work.cases.caller(case.id), case.place.words)


def private(caller: Caller | None, place: str) -> tuple[str, ...]:
    """Name and address; where it is may be named, even if the caller lives there."""
    if caller is None:
        return ()
    return (caller.name, caller.address if caller.address not in place else "")


def _details(details: Mapping[str, Any], theirs: tuple[str, ...]) -> Mapping[str, Any]:
    said = details.get(SAID)
    return {**details, SAID: discreet(said, *theirs)} if isinstance(said, str) else details
