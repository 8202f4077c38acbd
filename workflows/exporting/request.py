"""Ask for an export: alone where policy allows it, else with a second person."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from workflows.approving.proposal import LONGEST_PURPOSE, Proposal, ProposalKind
from workflows.approving.propose import Propose, Wish
from workflows.exporting.wish import ExportWish, check_exporter
from workflows.people import SYSTEM, Actor
from workflows.ports import Begin, Work
from workflows.refusals import Reason, Refused

TOKEN_LENGTH = 10


@dataclass(frozen=True, slots=True)
class RequestExport:
    """What is asked is fixed here, with the number of its rows and its token."""

    begin: Begin
    propose: Propose
    new_token: Callable[[], str]

    async def at_terminal(self, wish: ExportWish, purpose: str, operator: str) -> Proposal:
        """Raises Refused: EXPORT_INCOMPLETE, EXPORT_EMPTY, NO_SECOND_PERSON, ..."""
        async with self.begin() as work:
            whole = replace(wish, at_terminal=True)
            return await self.inside(work, SYSTEM, whole, purpose, operator)

    async def inside(
        self, work: Work, actor: Actor, wish: ExportWish, purpose: str, operator: str = ""
    ) -> Proposal:
        """Raises Refused: EXPORT_NOT_YOURS, EXPORT_INCOMPLETE, EXPORT_EMPTY, ..."""
        reader = wish.reader(actor.person)
        area = check_exporter(reader, wish)
        why = " ".join(purpose.split())
        if not why:
            raise Refused(Reason.EXPORT_INCOMPLETE)
        if len(why) > LONGEST_PURPOSE:
            raise Refused(Reason.TEXT_TOO_LONG, most=LONGEST_PURPOSE, length=len(why))
        rows = await work.exports.count(reader, wish)
        rules = self.propose.rules
        if not rows:
            raise Refused(Reason.EXPORT_EMPTY)
        if rows > rules.most_rows:
            raise Refused(Reason.EXPORT_TOO_MANY, length=rows, most=rules.most_rows)
        fixed = replace(wish, rows=rows, token=self.new_token()[:TOKEN_LENGTH])
        alone = not wish.callers and rows <= rules.alone_rows
        asked = Wish(ProposalKind.EXPORT, fixed.as_json(), why, area, operator, alone)
        return await self.propose.inside(work, actor, asked)
