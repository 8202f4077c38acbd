"""THE SCOPES: one row per thing that may be seen or done beside the law, one column per role.

A row reads: this thing is for these roles, each as far as its cell says; an empty cell is for
nobody. Whatever asks whether somebody may see something asks here: a case in memory
(`reaches`), an area (`covers`), a question to the database (`storage.reach.visible`), a card, a
command. `run.py docs` prints it, and each cell has its test. What the law lets people do stands
in `workflows/cases/lifecycle.py`; the row ACT says to which cases.

Whose rules these are: domain.md 6 (PIPL 6, 24, 51; [JN] art. 32: nobody complained about learns
who complained), 1.1 (admin and auditor are separate people), product.md (an administrator never
reads callers' data).
"""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Final

from workflows.cases.case import Case, State
from workflows.joint.part import open_part_of
from workflows.people import Actor, AreaCode, Person, Post, Role
from workflows.refusals import Reason, Refused


class Thing(StrEnum):
    """What may be seen, or done beside the law."""

    CASE = "case"
    ACT = "act"
    WORDS = "words"
    PHOTOS = "photos"
    CALLER = "caller"
    NUMBER = "number"
    BY_NUMBER = "by_number"
    TRAIL = "trail"
    LOOKS = "looks"
    BOARD = "board"
    REVIEWS = "reviews"
    ORDERS = "orders"
    RESTING = "resting"
    SUMMARY = "summary"
    UNPLACED = "unplaced"
    ROSTER = "roster"
    OWN_SHIFTS = "own_shifts"
    ARRANGE = "arrange"
    CALL_OUT = "call_out"
    ASK_EMERGENCY = "ask_emergency"
    APPROVE_EMERGENCY = "approve_emergency"
    SYNONYMS = "synonyms"
    UNDO_SYNONYM = "undo_synonym"
    PEOPLE = "people"
    ORIGINAL = "original"
    EXPORT = "export"
    EXPORT_CALLERS = "export_callers"
    APPROVE_EXPORT = "approve_export"
    APPROVE_CHANGE = "approve_change"
    COPY = "copy"
    HOLD = "hold"


class Reach(StrEnum):
    """How far: which cases, or which part of the city."""

    OWN = "own"
    """What they took down or reported themselves."""

    CHECKED = "checked"
    """Where they are to look on site, or have looked last."""

    ASSIGNED = "assigned"
    """Work that is theirs."""

    NAMED = "named"
    """Open work that is theirs, unless the complaint is about an agency."""

    AGENCY = "agency"
    """Their agency's."""

    PARTNER = "partner"
    """Where their agency was whistled for and its part is open."""

    ANSWERED = "answered"
    """A caller's of their area who waits for the callback, or has been answered."""

    CALLED_BACK = "called_back"
    """A caller's of their area who waits for the callback."""

    ALARMED = "alarmed"
    """Where the alert came to them because nobody else was on duty; place and holder only."""

    PEERS = "peers"
    """Those who hold the same post."""

    AREA = "area"
    """Their area."""

    DISTRICT = "district"
    """Their area, for whoever holds a whole district."""

    EVERYWHERE = "everywhere"


Reaches = tuple[Reach, ...]
T, H = Thing, Reach
NO: Final[Reaches] = ()
OWN, AREA, DISTRICT, ALL = (H.OWN,), (H.AREA,), (H.DISTRICT,), (H.EVERYWHERE,)
ANSWERED, BACK = (H.OWN, H.ANSWERED), (H.CALLED_BACK,)
CALLS, LOOK, WORK, NAMED = (H.OWN, H.CALLED_BACK), (H.OWN, H.CHECKED), (H.ASSIGNED,), (H.NAMED,)
LED, HELPS, ALARM, PEERS = (H.AGENCY,), (H.AGENCY, H.PARTNER), (H.ALARMED,), (H.PEERS,)

COLUMNS: Final = tuple(role for role in Role if role is not Role.SYSTEM)

# fmt: off
ROWS: Final[dict[Thing, tuple[Reaches, ...]]] = {
    #                     operator  collector acceptor  shift ldr dispatch  lead      worker    supervis. chief     admin     auditor
    T.CASE:              (ANSWERED, LOOK,     AREA,     AREA,     AREA,     HELPS,    WORK,     AREA,     AREA,     NO,       AREA),
    T.ACT:               (ANSWERED, LOOK,     AREA,     AREA,     AREA,     LED,      WORK,     AREA,     AREA,     ALARM,    NO),
    T.WORDS:             (ANSWERED, LOOK,     AREA,     AREA,     AREA,     HELPS,    WORK,     AREA,     AREA,     NO,       NO),
    T.PHOTOS:            (ANSWERED, LOOK,     AREA,     AREA,     AREA,     HELPS,    WORK,     AREA,     AREA,     NO,       AREA),
    T.CALLER:            (CALLS,    NO,       BACK,     NO,       NO,       NO,       NAMED,    NO,       NO,       NO,       NO),
    T.NUMBER:            (CALLS,    NO,       BACK,     NO,       NO,       NO,       NAMED,    NO,       NO,       NO,       NO),
    T.BY_NUMBER:         (OWN,      NO,       AREA,     NO,       NO,       NO,       NO,       NO,       NO,       NO,       NO),
    T.TRAIL:             (NO,       NO,       NO,       NO,       NO,       NO,       NO,       NO,       NO,       NO,       AREA),
    T.LOOKS:             (NO,       NO,       NO,       NO,       NO,       NO,       NO,       NO,       NO,       NO,       AREA),
    T.BOARD:             (NO,       NO,       NO,       NO,       NO,       LED,      NO,       AREA,     AREA,     NO,       NO),
    T.REVIEWS:           (NO,       NO,       AREA,     AREA,     NO,       LED,      NO,       NO,       NO,       NO,       NO),
    T.ORDERS:            (OWN,      OWN,      NO,       NO,       NO,       NO,       NO,       NO,       NO,       NO,       NO),
    T.RESTING:           (NO,       NO,       NO,       NO,       AREA,     LED,      NO,       AREA,     AREA,     NO,       NO),
    T.SUMMARY:           (NO,       NO,       NO,       NO,       NO,       NO,       NO,       AREA,     AREA,     NO,       NO),
    T.ROSTER:            (PEERS,    PEERS,    PEERS,    AREA,     PEERS,    LED,      PEERS,    AREA,     AREA,     AREA,     PEERS),
    T.OWN_SHIFTS:        (OWN,      OWN,      OWN,      OWN,      OWN,      OWN,      OWN,      OWN,      OWN,      OWN,      NO),
    T.ARRANGE:           (NO,       NO,       NO,       AREA,     NO,       LED,      NO,       AREA,     AREA,     AREA,     NO),
    T.CALL_OUT:          (NO,       NO,       NO,       NO,       NO,       NO,       NO,       AREA,     AREA,     NO,       NO),
    T.ASK_EMERGENCY:     (NO,       NO,       NO,       NO,       NO,       NO,       NO,       NO,       NO,       AREA,     NO),
    T.APPROVE_EMERGENCY: (NO,       NO,       NO,       NO,       NO,       NO,       NO,       NO,       DISTRICT, AREA,     NO),
    T.SYNONYMS:          (ALL,      NO,       ALL,      ALL,      NO,       NO,       NO,       NO,       NO,       ALL,      NO),
    T.UNDO_SYNONYM:      (NO,       NO,       ALL,      ALL,      NO,       NO,       NO,       NO,       NO,       ALL,      NO),
    T.UNPLACED:          (NO,       NO,       NO,       NO,       NO,       NO,       NO,       NO,       ALL,      ALARM,    NO),
    T.PEOPLE:            (NO,       NO,       NO,       NO,       NO,       NO,       NO,       NO,       NO,       ALL,      NO),
    T.EXPORT:            (NO,       NO,       AREA,     NO,       NO,       LED,      NO,       AREA,     AREA,     NO,       AREA),
    T.EXPORT_CALLERS:    (NO,       NO,       AREA,     NO,       NO,       NO,       NO,       NO,       NO,       NO,       NO),
    T.APPROVE_EXPORT:    (NO,       NO,       NO,       NO,       NO,       NO,       NO,       AREA,     AREA,     NO,       NO),
    T.APPROVE_CHANGE:    (NO,       NO,       NO,       NO,       NO,       NO,       NO,       NO,       DISTRICT, DISTRICT, NO),
    T.ORIGINAL:          (NO,) * 11,
    T.COPY:              (NO,) * 11,
    T.HOLD:              (NO,) * 11,
}
# fmt: on
SCOPES: Final[Mapping[Thing, Mapping[Role, Reaches]]] = {
    thing: dict(zip(COLUMNS, cells, strict=True)) for thing, cells in ROWS.items()
}

AT_THE_TERMINAL: Final[Mapping[Thing, tuple[str, ...]]] = {
    T.ORIGINAL: (),
    T.COPY: ("petitioner", "copy"),
    T.HOLD: ("retention", "hold"),
}
"""What no chat gives to anybody, with the command of `run.py` that does, where one does."""


def cell(thing: Thing, role: Role) -> Reaches:
    """One cell; the system, which acts for nobody's eyes, has none."""
    return SCOPES[thing].get(role, NO)


def roles_for(thing: Thing) -> tuple[Role, ...]:
    """Everybody for whom the thing exists at all."""
    return tuple(role for role in COLUMNS if cell(thing, role))


def posts_for(thing: Thing, person: Person) -> Iterator[Post]:
    """The posts that give a person anything of it."""
    return (post for post in person.posts if cell(thing, post.role))


def has(thing: Thing, person: Person) -> bool:
    return any(posts_for(thing, person))


def must_have(thing: Thing, actor: Actor) -> None:
    """Raises Refused(NOT_YOURS)."""
    if not actor.is_system and not has(thing, actor.person):
        raise Refused(Reason.NOT_YOURS, action=thing)


def reaches(thing: Thing, person: Person, case: Case) -> bool:
    """Whether it is theirs to see, or to do, of this case."""
    return any(through(thing, post, person, case) for post in person.posts)


def through(thing: Thing, post: Post, person: Person, case: Case) -> bool:
    """Whether this one post gives it to them."""
    return any(OF_A_CASE[reach](post, person, case) for reach in cell(thing, post.role))


def covers(thing: Thing, person: Person, area: AreaCode | None) -> bool:
    """Whether it is theirs in this area; None is a place outside every grid."""
    return post_over(thing, person, area) is not None


def post_over(thing: Thing, person: Person, area: AreaCode | None) -> Post | None:
    """The post that gives it to them there, the most local one first."""
    over = [p for p in person.posts if any(OF_AN_AREA[r](p, area) for r in cell(thing, p.role))]
    return max(over, key=lambda post: len(post.area), default=None)


FOR_ANY_OPERATOR: Final = frozenset({State.PENDING_CALLBACK, State.CLOSED})
"""An answered caller may be put through to anybody at the hotline, and is not told to wait."""

OfCase = Callable[[Post, Person, Case], bool]
OF_A_CASE: Final[Mapping[Reach, OfCase]] = {
    H.OWN: lambda _, person, case: case.reported_by == person.id,
    H.CHECKED: lambda _, person, case: case.check is not None and case.check.checker == person.id,
    H.ASSIGNED: lambda _, person, case: case.assignee == person.id,
    H.NAMED: lambda _, person, case: (
        case.assignee == person.id and case.is_open and not is_hidden(case)
    ),
    H.AGENCY: lambda post, _, case: case.agency is not None and post.agency == case.agency,
    H.PARTNER: lambda post, _, case: _helps(post, case),
    H.ANSWERED: lambda post, _, case: case.state in FOR_ANY_OPERATOR and _calls(post, case),
    H.CALLED_BACK: lambda post, _, case: (
        case.state is State.PENDING_CALLBACK and _calls(post, case)
    ),
    H.ALARMED: lambda _, person, case: person.id in case.alarm.stand_ins,
    H.AREA: lambda post, _, case: post.covers(case.place.area),
    H.EVERYWHERE: lambda _, __, ___: True,
}
"""What a cell means for one case. `storage.reach` says the same in SQL."""

OF_AN_AREA: Final[Mapping[Reach, Callable[[Post, AreaCode | None], bool]]] = {
    H.AREA: lambda post, area: post.covers(area),
    H.DISTRICT: lambda post, area: post.is_of_a_district and post.covers(area),
    H.EVERYWHERE: lambda _, __: True,
}


def is_hidden(case: Case) -> bool:
    """A complaint about an agency: only the hotline knows who called (domain.md 6)."""
    return case.order is not None and case.order.hidden


def _helps(post: Post, case: Case) -> bool:
    return post.agency is not None and open_part_of(case.parts, (post.agency,)) is not None


def _calls(post: Post, case: Case) -> bool:
    return case.order is not None and post.covers(case.place.area)
