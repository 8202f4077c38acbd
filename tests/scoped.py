"""Cases made to be seen or not: each says by hand how somebody stands to it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.lawbook import DISTRICT, ELSEWHERE, GRID, MORNING, WATER
from workflows.cases.case import Case, CaseId, Check, Order, Place, Source, State
from workflows.escalation.alert import Alarm
from workflows.joint.part import Part, PartEnd, WhistleKind
from workflows.people import WITH_AN_AGENCY, AgencyCode, Person, PersonId, Post, Role
from workflows.privacy.scopes import Reach

SOMEBODY = PersonId(0)
FAR = AgencyCode("FAR-1")
CALLED = Order("王", "138****5678")

NOBODYS = Case(
    id=CaseId(0),
    state=State.HANDLING,
    version=0,
    class_code="01001",
    place=Place("中山路口", None, ELSEWHERE, ""),
    words="井盖坏了",
    source=Source.OPERATOR,
    reported_by=SOMEBODY,
    reported_at=MORNING,
    changed_at=MORNING,
    profile="lean",
    agency=FAR,
    order=CALLED,
)
"""In another district, with another agency, taken down by somebody else."""
HERE = replace(NOBODYS, place=replace(NOBODYS.place, area=GRID))
R = Reach


def somebody(role: Role, number: int = 7) -> Person:
    """Holds this one post over the whole district, in the water company where it is inside one."""
    post = Post(role, DISTRICT, WATER if role in WITH_AN_AGENCY else None)
    return Person(PersonId(number), "某", "zh", (post,))


def _part(**ended: object) -> Part:
    return Part(
        WATER, "供水", "Water", WhistleKind.PROMINENT, "来", SOMEBODY, MORNING, MORNING, **ended
    )  # type: ignore[arg-type]


@dataclass(frozen=True)
class Sample:
    """A case as it stands to `number`, and every reach that covers it, written by hand."""

    name: str
    make: Callable[[PersonId], Case]
    within: frozenset[Reach]


def _sample(name: str, make: Callable[[PersonId], Case], *within: Reach) -> Sample:
    return Sample(name, make, frozenset({*within, R.EVERYWHERE}))


SAMPLES = (
    _sample("nobody's", lambda _: NOBODYS),
    _sample("own", lambda who: replace(NOBODYS, reported_by=who), R.OWN),
    _sample("assigned", lambda who: replace(NOBODYS, assignee=who), R.ASSIGNED, R.NAMED),
    _sample(
        "assigned, caller hidden",
        lambda who: replace(NOBODYS, assignee=who, order=replace(CALLED, hidden=True)),
        R.ASSIGNED,
    ),
    _sample(
        "assigned, over",
        lambda who: replace(NOBODYS, assignee=who, state=State.CLOSED),
        R.ASSIGNED,
    ),
    _sample(
        "assigned, nobody called",
        lambda who: replace(NOBODYS, assignee=who, order=None),
        R.ASSIGNED,
        R.NAMED,
    ),
    _sample(
        "to look at",
        lambda who: replace(NOBODYS, state=State.INSPECTING, check=Check(who, "看看")),
        R.CHECKED,
    ),
    _sample("of the agency", lambda _: replace(NOBODYS, agency=WATER), R.AGENCY),
    _sample("whistled for", lambda _: replace(NOBODYS, parts=(_part(),)), R.PARTNER),
    _sample(
        "whistled for once",
        lambda _: replace(NOBODYS, parts=(_part(ended_at=MORNING, end=PartEnd.RESULT),)),
    ),
    _sample("here", lambda _: HERE, R.AREA),
    _sample(
        "outside every grid", lambda _: replace(HERE, place=Place("江心", None, None, "")), R.AREA
    ),
    _sample(
        "here, to be called back",
        lambda _: replace(HERE, state=State.PENDING_CALLBACK),
        R.AREA,
        R.ANSWERED,
        R.CALLED_BACK,
    ),
    _sample("here, answered", lambda _: replace(HERE, state=State.CLOSED), R.AREA, R.ANSWERED),
    _sample(
        "here, nobody called", lambda _: replace(HERE, state=State.CLOSED, order=None), R.AREA
    ),
    _sample(
        "elsewhere, to be called back", lambda _: replace(NOBODYS, state=State.PENDING_CALLBACK)
    ),
    _sample("alarmed", lambda who: replace(NOBODYS, alarm=Alarm(stand_ins=(who,))), R.ALARMED),
)
