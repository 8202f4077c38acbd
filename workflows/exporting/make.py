"""Make the file that was asked for, so that nothing leaves the house without a line in the log.

Rows are read in one consistent state and in a transaction that holds up nobody who writes; the
file becomes readable to anybody only in the transaction that also writes its line in the log.
"""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from workflows.approving.carry_out import CHANGED, end
from workflows.approving.kept import DueProposal, ProposalViews
from workflows.approving.proposal import Proposal, is_what_was_asked
from workflows.exporting.kept import ExportViews, Mark, OpenWriter
from workflows.exporting.mask_row import told
from workflows.exporting.row import ExportRow
from workflows.exporting.wish import ExportWish, exporting_posts
from workflows.notices import Lane, Notice, NoticeKind
from workflows.people import Actor, Person, PersonId
from workflows.ports import Begin, Clock, Work
from workflows.privacy.access import Access, note_access

NO_RIGHT: Final = "no_right"
GROWN: Final = "grown"
"""Why nothing came of it: no longer theirs to export, or too many by now for one person alone."""


@dataclass(frozen=True, slots=True)
class Made:
    """The bytes, how many cases are in them, and whose eyes they were made for."""

    data: bytes
    rows: int
    reader: Person


@dataclass(frozen=True, slots=True)
class MakeExport:
    """A job's verb; whoever is killed in it has lost nothing, and the next one makes it anew."""

    begin: Begin
    now: Clock
    proposals: ProposalViews
    exports: ExportViews
    open_writer: OpenWriter
    alone_rows: int

    async def __call__(self, due: DueProposal) -> None:
        """Raises LeaseLostError if another process has taken it over."""
        view = await self.proposals.one(due.id)
        wish = ExportWish.from_json(view.proposal.what)
        at = self.now()
        made = await self._made(view.proposal, wish, view.asker, at)
        async with self.begin() as work:
            proposal = await work.proposals.get(due.id)
            if proposal.is_to_be_done:
                await self._hand_over(work, proposal, wish, made, at)
            await work.proposals.finish(due)

    async def _made(
        self, proposal: Proposal, wish: ExportWish, asker: Person, at: datetime
    ) -> Made:
        reader, count = wish.reader(asker), 0
        who = proposal.operator if wish.at_terminal else asker.name
        writer = self.open_writer(wish, Mark(wish.token, who, at, proposal.purpose))
        async for rows in self.exports.rows(reader, wish):
            count += len(rows)
            await writer.add(await asyncio.to_thread(_told, rows, wish.callers))
        return Made(await writer.close(), count, reader)

    async def _hand_over(
        self, work: Work, proposal: Proposal, wish: ExportWish, made: Made, at: datetime
    ) -> None:
        asker = await work.people.get(proposal.asked_by)
        if why := self._why_not(proposal, wish, made, wish.reader(asker)):
            await end(work, proposal, at, why)
            return
        await work.exports.keep(proposal.id, name_of(wish, at), made.data)
        by = proposal.answered_by
        facts = {
            "count": made.rows,
            "purpose": proposal.purpose,
            "digest": hashlib.sha256(made.data).hexdigest(),
            "token": wish.token,
            "callers": wish.callers,
            "format": wish.format.value,
            "proposal": proposal.id,
            "approved_by": by or 0,
            "operator": proposal.operator,
        }
        await note_access(work, Actor(asker), Access.EXPORTED, at, None, **facts)
        await end(work, proposal, at)
        if not wish.at_terminal:
            await work.owe(_handed(proposal, proposal.asked_by))

    def _why_not(self, proposal: Proposal, wish: ExportWish, made: Made, reader: Person) -> str:
        """What has changed since it was asked, or since its rows were read."""
        if not is_what_was_asked(proposal):
            return CHANGED
        has_right = reader.active and exporting_posts(reader, callers=wish.callers)
        if not has_right or reader.posts != made.reader.posts:
            return NO_RIGHT
        return GROWN if proposal.needs_nobody and made.rows > self.alone_rows else ""


def _told(rows: Sequence[ExportRow], callers: bool) -> list[ExportRow]:
    """Looking for numbers in sentences takes a while, so it is done beside the event loop."""
    return [told(row, callers=callers) for row in rows]


def name_of(wish: ExportWish, at: datetime) -> str:
    """The name of the file; its token leads back to the log even when it was renamed inside."""
    return f"paidan-{at:%Y%m%d-%H%M}-{wish.token}.{wish.format.value}"


def _handed(proposal: Proposal, to: PersonId) -> Notice:
    return Notice(
        to=to,
        kind=NoticeKind.EXPORT_FILE,
        key=f"export:{proposal.id}",
        data={"proposal": proposal.id},
        lane=Lane.ANSWER,
        sure=True,
        fresh=True,
    )
