"""What an alert and its acknowledgement change on the case; the clocks follow by themselves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from workflows.cases.case import Action, Case, Given
from workflows.people import Actor

Effect = Callable[[Case, Given, Actor, datetime], Case]


def _escalated(case: Case, given: Given, _actor: Actor, _at: datetime) -> Case:
    """A rung moves its clock (clockwork); a reason says that the machine knows no way on."""
    case = _told(case, given)
    if given.part is not None:
        late = tuple(
            replace(part, late_told=True) if place == given.part else part
            for place, part in enumerate(case.parts)
        )
        return replace(case, parts=late)
    return replace(case, stuck=given.reason) if given.reason else case


def _told(case: Case, given: Given) -> Case:
    """What is told now nobody has acknowledged yet."""
    if not given.told_to and given.part is None:
        return case
    alarm = replace(case.alarm, known_by=None, known_at=None, stand_ins=given.stand_ins)
    return replace(case, alarm=alarm)


def _acknowledged(case: Case, _given: Given, actor: Actor, at: datetime) -> Case:
    """Everything told so far, on every clock that has not ended."""
    clocks = tuple(
        replace(clock, alert=replace(clock.alert, known_by=actor.id, known_at=at))
        if clock.alert and clock.ended_at is None and clock.alert.known_at is None
        else clock
        for clock in case.clocks
    )
    alarm = replace(case.alarm, known_by=actor.id, known_at=at)
    return replace(case, clocks=clocks, alarm=alarm)


ALERT_EFFECTS: Final[dict[Action, Effect]] = {
    Action.ESCALATE: _escalated,
    Action.ACKNOWLEDGE: _acknowledged,
}
