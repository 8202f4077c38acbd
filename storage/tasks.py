"""Which cases wait for a person, by the posts they hold."""

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, or_

from storage.areas import inside
from storage.case_rows import REPLIED
from storage.rows.cases import cases
from workflows.cases.case import WITH_WORKER, State
from workflows.people import Person, Post, Role

MOST_TASKS: Final = 100
MOST_WAITING: Final = 1000

WAITING_IN_AREA: Final[dict[Role, tuple[State, ...]]] = {
    Role.ACCEPTOR: (State.REPORTED, State.PENDING_FILING, State.FEEDBACK_REVIEW),
    Role.SHIFT_LEADER: (State.REPORTED, State.PENDING_FILING, State.FEEDBACK_REVIEW),
    Role.DISPATCH_OFFICER: (State.PENDING_DISPATCH,),
    Role.DUTY_CHIEF: (State.PENDING_DISPATCH,),
}
"""The states in which the centre's people are the ones who must move."""


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
            return or_(cases.c.reported_by == reader.id, cases.c.checker == reader.id)
        case Role.SUPERVISOR:
            judges = cases.c.supervised == REPLIED
            return and_(here, or_(cases.c.due_at < at, judges))
        case role if role in WAITING_IN_AREA:
            return and_(here, cases.c.state.in_(WAITING_IN_AREA[role]))
        case _:
            return None
