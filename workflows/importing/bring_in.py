"""Bring a list in: at once while a city is set up, by two people once it runs and much changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from workflows.approving.proposal import Proposal, ProposalKind
from workflows.approving.propose import Propose, Wish
from workflows.importing.lists import Compared, ListName, as_json, items_from
from workflows.people import SYSTEM, Role
from workflows.ports import Begin, Clock, Entry, Work

UNFIT: Final = "unfit"
"""Why nothing came of it: what is stored has changed, so this would change something else."""

IMPORTED: Final = "import_list"


@dataclass(frozen=True, slots=True)
class Brought:
    """How many rows were taken; or the proposal that waits, and who may approve it."""

    count: int
    proposal: Proposal | None = None
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BringIn:
    """Rows are kept with the proposal as they were read: exactly these are loaded later."""

    begin: Begin
    now: Clock
    propose: Propose

    async def __call__(
        self, name: ListName, items: Sequence[Any], file: str, operator: str, why: str
    ) -> Brought:
        """Raises ValueError for rows that cannot be stored, and Refused(NO_SECOND_PERSON)."""
        async with self.begin() as work:
            compared = await work.lists.compared(name, items)
            is_much = compared.rows > self.propose.rules.change_rows
            if is_much and await work.lists.runs():
                what = {**_told(name, file, compared), "rows": as_json(items)}
                wish = Wish(ProposalKind.CHANGE, what, why, operator=operator)
                proposal = await self.propose.inside(work, SYSTEM, wish)
                names = await work.people.names(proposal.asked)
                asked = tuple(names[person] for person in proposal.asked)
                return Brought(0, proposal, asked)
            count = await work.lists.load(name, items, self.now())
            details = {**_told(name, file, compared), "operator": operator}
            details.pop("examples")
            await work.journal(
                Entry(IMPORTED, SYSTEM.id, Role.SYSTEM, self.now(), details=details)
            )
        return Brought(count)


@dataclass(frozen=True, slots=True)
class LoadApproved:
    """Carries an approved list out, if it still changes what it would have changed then."""

    now: Clock

    async def __call__(self, work: Work, proposal: Proposal) -> str:
        """Why nothing came of it, or nothing."""
        what = proposal.what
        name = ListName(what["list"])
        items = items_from(name, what["rows"])
        compared = await work.lists.compared(name, items)
        told = _told(name, what["file"], compared)
        if any(what[key] != value for key, value in told.items()):
            return UNFIT
        await work.lists.load(name, items, self.now())
        return ""


def _told(name: ListName, file: str, compared: Compared) -> dict[str, Any]:
    return {
        "list": name.value,
        "file": file,
        "added": compared.added,
        "changed": compared.changed,
        "removed": compared.removed,
        "examples": list(compared.examples),
    }
