"""Legal holds: cases of which nothing is deleted until somebody lifts the hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import insert, select, update

from storage import journal
from storage.database import Database
from storage.rows.cases import cases
from storage.rows.retention import legal_holds
from workflows.cases.case import CaseId
from workflows.people import SYSTEM, Role
from workflows.ports import Entry
from workflows.privacy.kept import Hold
from workflows.refusals import Reason, Refused

HELD: Final = "retention.held"
LIFTED: Final = "retention.lifted"
IN_FORCE: Final = legal_holds.c.lifted_at.is_(None)


@dataclass(frozen=True, slots=True)
class StoredHolds:
    """Implements `workflows.privacy.kept.Holds`; each act is a line of the journal too."""

    database: Database

    async def hold(self, hold: Hold) -> None:
        known = select(cases.c.id).where(cases.c.id == hold.case_id)
        standing = select(legal_holds.c.id).where(legal_holds.c.case_id == hold.case_id, IN_FORCE)
        row = {"case_id": hold.case_id, "why": hold.why, "set_by": hold.by, "set_at": hold.at}
        async with self.database.begin() as connection:
            if (await connection.execute(known)).first() is None:
                raise Refused(Reason.NO_SUCH_CASE, number=hold.case_id)
            if (await connection.execute(standing)).first() is not None:
                raise LookupError("there is a hold on this case already")
            await connection.execute(insert(legal_holds), [row])
            await journal.append(connection, [_line(HELD, hold)], hold.at)

    async def lift(self, hold: Hold) -> None:
        lifting = (
            update(legal_holds)
            .where(legal_holds.c.case_id == hold.case_id, IN_FORCE)
            .values(lifted_why=hold.why, lifted_by=hold.by, lifted_at=hold.at)
        )
        async with self.database.begin() as connection:
            if (await connection.execute(lifting)).rowcount == 0:
                raise LookupError("there is no hold on this case")
            await journal.append(connection, [_line(LIFTED, hold)], hold.at)

    async def in_force(self) -> Sequence[Hold]:
        asked = select(legal_holds).where(IN_FORCE).order_by(legal_holds.c.case_id)
        async with self.database.reading() as connection:
            rows = (await connection.execute(asked)).all()
        return tuple(Hold(CaseId(r.case_id), r.why, r.set_by, r.set_at) for r in rows)


def _line(action: str, hold: Hold) -> Entry:
    """Why it is held may name people: that stands in the table, not in the journal."""
    by = {"by": hold.by}
    return Entry(action, SYSTEM.id, Role.SYSTEM, hold.at, hold.case_id, details=by)
