"""Reading for people's eyes: what a card, a list or a summary needs, as one consistent state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from workflows.approving.kept import ProposalViews
from workflows.cases.case import Case, CaseId, Photo
from workflows.duty.kept import RosterViews
from workflows.emergency.kept import EmergencyViews
from workflows.escalation.digest import Gathered
from workflows.evidence.kept import Likeness
from workflows.evidence.risk import Seen
from workflows.exporting.kept import ExportViews
from workflows.hotline.draft import Draft
from workflows.hotline.taught import Taught
from workflows.joint.kept import JointViews
from workflows.lists import Listed, Pile, Wanted
from workflows.notices import DraftId
from workflows.people import Agency, AreaCode, Grid, Person, PersonId, Role
from workflows.ports import Caller, Written
from workflows.privacy.audits import AuditViews


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with the names around it, as rendering needs it.

    `proposed` is the agency that the latest request names. `alike` says which earlier photos its
    photos look like, `earlier` are the other cases of those: whoever reads this view may not be
    one who may see them. `sender_since` is when whoever did the work joined us, if it is known.
    """

    case: Case
    photos: tuple[Photo, ...]
    names: Mapping[PersonId, str]
    agency: Agency | None
    grid: Grid | None
    journal: tuple[Written, ...]
    proposed: Agency | None = None
    alike: tuple[Likeness, ...] = ()
    earlier: Mapping[CaseId, Case] = field(default_factory=dict)
    sender_since: datetime | None = None

    @property
    def seen(self) -> Seen:
        """What the risk of the work is reckoned from."""
        return Seen(self.case, self.photos, self.alike, self.sender_since)


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts for a summary over an area: open cases by state, overdue ones, closed today.

    `self_fixed` are those of the closed that their finder fixed on the spot. `exhausted` are
    those whose ladders have come to their end.
    """

    open_by_state: Mapping[str, int]
    overdue: tuple[Case, ...]
    stuck: tuple[Case, ...]
    opened: int
    closed: int
    self_fixed: int = 0
    exhausted: tuple[Case, ...] = ()


@dataclass(frozen=True, slots=True)
class Lessons:
    """Synonyms that were taught, newest first, with who did it; `total` counts all of them."""

    taught: tuple[Taught, ...]
    names: Mapping[PersonId, str]
    total: int


class Views(Protocol):
    """Reading for people's eyes; each call is its own short read."""

    @property
    def joint(self) -> JointViews:
        """The same about call-outs."""

    @property
    def emergencies(self) -> EmergencyViews:
        """The same about emergencies."""

    @property
    def proposals(self) -> ProposalViews:
        """The same about what waits for a second person."""

    @property
    def exports(self) -> ExportViews:
        """The same for files of many cases."""

    @property
    def rosters(self) -> RosterViews:
        """The same about shifts, swaps and absences."""

    @property
    def audits(self) -> AuditViews:
        """The journal, for auditors."""

    async def case(self, case_id: CaseId) -> CaseView:
        """Raises Refused(NO_SUCH_CASE)."""

    async def case_of_set(self, person: PersonId, album: str) -> CaseId | None:
        """The case that this person's other photos of an album are on; none for an empty name."""

    async def draft(self, draft_id: DraftId) -> Draft:
        """Raises Refused(NO_SUCH_DRAFT)."""

    async def open_draft(self, person: PersonId) -> Draft | None:
        """The person's newest draft or question that is still open."""

    async def taught(self, most: int, skip: int) -> Lessons:
        """The newest synonyms, undone ones included."""

    async def caller(self, reader: Person, case_id: CaseId) -> Caller | None:
        """The one read of a caller's number; only a message that reveals it may ask.

        None as well where the number is not for this reader, as the scopes stand at that moment.
        """

    async def tasks(self, reader: Person) -> tuple[Case, ...]:
        """What waits for this person, by their posts, nearest due first, at most 100."""

    async def waiting(self, reader: Person, at: datetime) -> tuple[Case, ...]:
        """The same as of an instant and at most 1000, for a list in an order of its own."""

    async def to_review(self, reader: Person) -> tuple[Seen, ...]:
        """Work that waits for this person's judgement, with what is known of it, at most 1000."""

    async def listed(self, reader: Person, wanted: Wanted) -> Listed:
        """One page of a list, with the names of those who have its cases."""

    async def piles(self, reader: Person, at: datetime) -> tuple[Pile, ...]:
        """The reader's board: open cases by state, in the order of the law."""

    async def names(self, ids: Sequence[PersonId]) -> Mapping[PersonId, str]: ...
    async def suspended(self, reader: Person) -> tuple[Case, ...]:
        """Suspended cases of this person's agency or area, by when they go on, at most 100."""

    async def gathered(self, digest: str) -> tuple[Gathered, ...]:
        """Every message of a digest, oldest first, with its case as it stands now."""

    async def provisional(self) -> tuple[CaseId, ...]:
        """Open cases with a due time that rests on days off not yet announced."""

    async def colleagues(self, case: Case, at: datetime) -> tuple[Person, ...]:
        """Workers on duty who could take this case, other than its present one."""

    async def tally(self, area: AreaCode, since: datetime, at: datetime) -> Tally: ...

    async def holders(self, role: Role) -> tuple[Person, ...]: ...

    async def agencies(self, area: AreaCode | None) -> tuple[Agency, ...]: ...
