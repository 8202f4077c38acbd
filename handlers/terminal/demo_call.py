"""The call-out that is under way when the demo begins: some come, one cannot, some are silent."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, Protocol

from handlers.terminal.demo_town import (
    DRAIN_WORKER,
    ENGLISH_CLEANER,
    LAKESIDE,
    NEIGHBOUR_LEAD,
    ROADMAN,
    SUPERVISOR,
    SWEEPER,
    Townsman,
)
from workflows import Workflows
from workflows.cases.case import CaseId
from workflows.joint.call_form import EVERYBODY, CallForm
from workflows.joint.call_out import Ground, Reply
from workflows.people import Actor
from workflows.ports import Begin

ABOUT: Final = "flood"
"""The story that it is about."""

FORM: Final = CallForm(
    area=LAKESIDE,
    area_name="湖滨街道",
    whom=EVERYBODY,
    sentence="柳岸新村积水还在涨，能来的带水泵和沙袋来",
    ground=Ground.FLOOD,
)
CALLED: Final = timedelta(minutes=4, seconds=50)
"""Before the demo begins: the first reminder to the silent then comes on their phones."""

ANSWERS: Final = (
    (timedelta(minutes=4), DRAIN_WORKER, Reply.COMING, "已在现场"),
    (timedelta(minutes=3), ROADMAN, Reply.WHERE, "船厂路公交站，十分钟到"),
    (timedelta(minutes=2), ENGLISH_CLEANER, Reply.CANNOT, "in Yuntai, no car"),
    (timedelta(minutes=1), NEIGHBOUR_LEAD, Reply.COMING, "带两台泵"),
    (timedelta(seconds=30), SWEEPER, Reply.COMING, ""),
)


class Moved(Protocol):
    """A city whose time we move."""

    @property
    def flows(self) -> Workflows: ...
    @property
    def begin(self) -> Begin: ...
    async def until(self, moment: datetime) -> None: ...


async def call_out(
    past: Moved,
    people: Mapping[Townsman, Actor],
    cases: Mapping[str, CaseId],
    begins: datetime,
) -> None:
    """The form is filled in and sent, and people answer one after the other."""
    await past.until(begins - CALLED)
    caller, prepare = people[SUPERVISOR], past.flows.prepare_call
    await prepare.start(caller, replace(FORM, case_id=cases[ABOUT]))
    async with past.begin() as work:
        draft = await work.drafts.latest(caller.id)
    assert draft is not None
    call = await prepare.send(caller, draft.id)
    for before, who, reply, words in ANSWERS:
        await past.until(begins - before)
        await past.flows.answer_call(people[who], call.id, reply, words)
