"""Lets the demo's district have a past: its cases are moved there by the city's own verbs."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Final, Protocol

from handlers.terminal.demo_call import call_out
from handlers.terminal.demo_ended import ENDED_STORIES
from handlers.terminal.demo_open import OPEN_STORIES
from handlers.terminal.demo_photos import View
from handlers.terminal.demo_requests import REQUEST_STORIES
from handlers.terminal.demo_roster import roster
from handlers.terminal.demo_story import Act, Story
from handlers.terminal.demo_town import COLLECTOR, RESIDENTS, Townsman, load_town
from handlers.terminal.importing import Loader
from workflows import Workflows
from workflows.cases.case import CaseId, PhotoRef, Picture, Place, Source
from workflows.cases.report_case import Report
from workflows.cases.show_work import Shown
from workflows.deadlines.calendar import Calendar
from workflows.people import SYSTEM, Actor, PersonId
from workflows.policy.catalogue import ClassCode
from workflows.ports import Begin
from workflows.refusals import Refused

STORIES: Final = (*ENDED_STORIES, *OPEN_STORIES, *REQUEST_STORIES)
DRAWN: Final = "drawn"
"""The transport of photos that were never sent: they are drawn when they are fetched."""


class Past(Protocol):
    """A city without phones, whose time we move."""

    @property
    def flows(self) -> Workflows: ...
    @property
    def loader(self) -> Loader: ...
    @property
    def begin(self) -> Begin: ...

    async def until(self, moment: datetime) -> None:
        """Moves the time on; what becomes due on the way happens on the way."""

    async def rest(self) -> None:
        """Photos are fetched and sealed; what nobody was sent never is."""


@dataclass(slots=True)
class Memory:
    """Who is who, and which case is which story's."""

    past: Past
    people: dict[Townsman, Actor] = field(default_factory=dict)
    cases: dict[str, CaseId] = field(default_factory=dict)
    takes: int = 0

    def picture(self, view: View) -> Picture:
        """Another photo each time: nobody sends the same one twice."""
        self.takes += 1
        ref = PhotoRef(DRAWN, {"view": view.value, "take": self.takes})
        return Picture(ref, f"{DRAWN}-{self.takes}")


@dataclass(frozen=True, slots=True)
class Deed:
    """An act of one story, or its beginning, at its time."""

    at: datetime
    story: Story
    act: Act | None


async def seed(past: Past, begins: datetime, calendar: Calendar) -> None:
    """Everything until the demo begins. A town that is there already is left alone."""
    if await past.loader.agency_codes():
        return
    deeds = deeds_of(STORIES, begins, calendar)
    await past.until(deeds[0].at - timedelta(hours=1))
    memory = Memory(past)
    await _settle(memory, deeds[0].at)
    for deed in deeds:
        await past.until(deed.at)
        await (_begin(memory, deed.story) if deed.act is None else _do(memory, deed, calendar))
    await call_out(past, memory.people, memory.cases, begins)
    await past.until(begins)
    await past.flows.import_shifts(roster(begins, calendar.zone), "demo", "demo")
    await past.rest()


def deeds_of(stories: Iterable[Story], begins: datetime, calendar: Calendar) -> list[Deed]:
    """Every deed of the stories in the order in which they happened."""
    found: list[Deed] = []
    for story in stories:
        began = story.begins.moment(begins, calendar)
        found.append(Deed(began, story, None))
        for act in story.deeds:
            if isinstance(act.at, int):
                at = began + timedelta(minutes=act.at)
            else:
                at = act.at.moment(begins, calendar)
            found.append(Deed(at, story, act))
    return sorted(found, key=attrgetter("at"))


async def _settle(memory: Memory, at: datetime) -> None:
    """Map, agencies and people; they come in by their phones when the demo begins."""
    past = memory.past
    await load_town(past.loader, at - timedelta(days=1))
    for townsman in RESIDENTS:
        await past.flows.invite(SYSTEM, townsman.name, townsman.posts, townsman.language)
    async with past.begin() as work:
        for number, townsman in enumerate(RESIDENTS, start=1):
            memory.people[townsman] = Actor(await work.people.get(PersonId(number)))


async def _begin(memory: Memory, story: Story) -> None:
    flows = memory.past.flows
    report = Report(
        class_code=story.class_code,
        place=Place(story.place),
        words=story.words,
        source=Source.COLLECTOR if story.who is COLLECTOR else Source.OPERATOR,
        condition_id=_condition(flows, story),
        caller=story.caller,
        pictures=tuple(map(memory.picture, story.views)),
    )
    case = await flows.report_case(memory.people[story.who], report)
    memory.cases[story.name] = case.id


def _condition(flows: Workflows, story: Story) -> str:
    """Every case is filed and closed under the usual condition of its class."""
    return flows.book.policy.catalogue.classes[ClassCode(story.class_code)].default.id


async def _do(memory: Memory, deed: Deed, calendar: Calendar) -> None:
    act, flows = deed.act, memory.past.flows
    assert act is not None
    actor, case_id = memory.people[act.who], memory.cases[deed.story.name]
    if act.action is None:
        shown = Shown(tuple(map(memory.picture, act.views)), act.words)
        await flows.show_work(actor, shown, case_id)
        return
    given = replace(act.given, closing_condition=_condition(flows, deed.story))
    if act.to is not None:
        given = replace(given, worker=memory.people[act.to].id)
    if act.master:
        given = replace(given, master=memory.cases[act.master])
    if act.days:
        until = deed.at.astimezone(calendar.zone).date() + timedelta(days=act.days)
        given = replace(given, until=until)
    try:
        await flows.move_case(actor, case_id, act.action, given)
    except Refused as no:
        no.add_note(f"In the demo's story {deed.story.name!r}, {act.who.name} at {deed.at}.")
        raise
