"""What one transaction has to report, once it is committed and not before."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from storage.cases import StoredCases
from workflows.cases.case import Case, CaseId
from workflows.figures import Count, Figures, Span, report_entry
from workflows.ports import Entry, LeaseLostError, StorageDownError
from workflows.refusals import Refused


@dataclass(slots=True)
class Happened:
    """Lines of the journal, fired timers, and the urgency of the cases that were written."""

    entries: list[Entry] = field(default_factory=list)
    lateness: list[float] = field(default_factory=list)
    urgencies: dict[CaseId, str] = field(default_factory=dict)

    def add(self, entries: Sequence[Entry]) -> None:
        self.entries.extend(entries)

    def tell(self, figures: Figures) -> None:
        for entry in self.entries:
            known = self.urgencies.get(entry.case_id, "") if entry.case_id else ""
            report_entry(figures, entry, known)
        for seconds in self.lateness:
            figures.observe(Span.LATENESS, seconds)


@dataclass(frozen=True, slots=True)
class NotingCases(StoredCases):
    """Cases inside one transaction; of each that is written the urgency is noted."""

    happened: Happened

    async def write(self, before: Case, after: Case) -> None:
        await StoredCases.write(self, before, after)
        self.happened.urgencies[after.id] = after.urgency


@contextmanager
def timed(figures: Figures) -> Iterator[None]:
    """Report how long a transaction took, the wait for a connection included, and its end."""
    started, result = time.perf_counter(), "failed"
    try:
        yield
        result = "committed"
    except Refused:
        result = "refused"
        raise
    except LeaseLostError:
        result = "lease_lost"
        raise
    except StorageDownError:
        result = "storage_down"
        raise
    finally:
        figures.count(Count.TRANSACTIONS, result)
        figures.observe(Span.TRANSACTION, time.perf_counter() - started)
