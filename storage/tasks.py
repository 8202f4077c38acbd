"""Which cases wait for a person, by the posts they hold."""

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, false, or_, select, union_all

from storage.areas import inside
from storage.case_rows import REPLIED
from storage.rows.cases import AWAITED, IS_EXHAUSTED, IS_OPEN, cases
from workflows.cases.case import WITH_WORKER, Action, State
from workflows.people import WITH_AN_AGENCY, Person, Post, Role
from workflows.requests.lifecycle import REQUEST_LAW

MOST_TASKS: Final = 100
MOST_WAITING: Final = 1000

WAITING_IN_AREA: Final[dict[Role, tuple[State, ...]]] = {
    Role.ACCEPTOR: (State.REPORTED, State.PENDING_FILING, State.FEEDBACK_REVIEW),
    Role.SHIFT_LEADER: (State.REPORTED, State.PENDING_FILING, State.FEEDBACK_REVIEW),
    Role.DISPATCH_OFFICER: (State.PENDING_DISPATCH,),
    Role.DUTY_CHIEF: (State.PENDING_DISPATCH,),
}
"""The states in which the centre's people are the ones who must move."""


ANSWERERS: Final = frozenset(
    role
    for row in REQUEST_LAW
    for role in row.by
    if row.action in {Action.ENDORSE, Action.GRANT} and role not in WITH_AN_AGENCY
)
"""Who answers requests in an area; an agency's own stand among its cases anyway."""


def to_do(reader: Person, at: datetime) -> ColumnElement[bool]:
    """The condition on cases of a task list: open ones that wait, and requests to be answered."""
    waits, asked = waits_for(reader, at), asked_of(reader)
    number = select(cases.c.id)
    if asked is None:
        return false() if waits is None else and_(IS_OPEN, waits)
    if waits is None:
        return and_(AWAITED, asked)
    return cases.c.id.in_(union_all(number.where(IS_OPEN, waits), number.where(AWAITED, asked)))


def waits_for(reader: Person, at: datetime) -> ColumnElement[bool] | None:
    """The condition on open cases; None for somebody for whom nothing can wait."""
    conditions = [
        condition for post in reader.posts if (condition := _by_post(reader, post, at)) is not None
    ]
    return or_(*conditions) if conditions else None


def _by_post(reader: Person, post: Post, at: datetime) -> ColumnElement[bool] | None:
    here = inside(cases.c.area, post.area)
    match post.role:
        case Role.WORKER:
            return and_(cases.c.assignee == reader.id, cases.c.state.in_(WITH_WORKER))
        case Role.AGENCY_LEAD:
            theirs = cases.c.partners.contains(f"|{post.agency}|", autoescape=True)
            return or_(cases.c.agency == post.agency, theirs)
        case Role.OPERATOR | Role.COLLECTOR:
            to_call_back = and_(here, cases.c.state == State.PENDING_CALLBACK.value)
            looks = cases.c.checker == reader.id
            beside = to_call_back if post.role is Role.OPERATOR else looks
            return or_(cases.c.reported_by == reader.id, beside)
        case Role.SUPERVISOR:
            judges = cases.c.supervised == REPLIED
            return and_(here, or_(cases.c.due_at < at, judges, IS_EXHAUSTED))
        case role if role in WAITING_IN_AREA:
            ended = [IS_EXHAUSTED] if role is Role.DUTY_CHIEF else []
            return and_(here, or_(cases.c.state.in_(WAITING_IN_AREA[role]), *ended))
        case _:
            return None


def asked_of(reader: Person) -> ColumnElement[bool] | None:
    """The condition on cases, ended ones too, with a request that this person must answer."""
    asked = [
        and_(inside(cases.c.area, post.area), cases.c.awaits == post.role.value)
        for post in reader.posts
        if post.role in ANSWERERS
    ]
    return or_(*asked) if asked else None
