"""Reads one page of a list for a reader and paints it; the data is what its buttons carry."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from bot.cards.pages import (
    board_sheet,
    digest_over_sheet,
    digest_sheet,
    found_sheet,
    orders_sheet,
    pile_sheet,
    reviews_sheet,
    supervised_sheet,
    tasks_sheet,
)
from bot.cards.setting import Setting
from bot.sheet import Sheet
from workflows.cases.case import CaseId, State
from workflows.escalation.digest import worst_of_each
from workflows.escalation.quiet import still_asks
from workflows.evidence.risk import Scale
from workflows.lists import ListKind, Turn, Wanted, latest_first, riskiest_first
from workflows.people import SYSTEM, Person, Role
from workflows.policy.catalogue import Catalogue
from workflows.views import Views

MOST_TERMS: Final = 5
Data = Mapping[str, Any]


async def tasks_page(views: Views, reader: Person, data: Data, setting: Setting) -> Sheet:
    """By what is due first; a supervisor's by how far each is over its limit (domain.md 3.5)."""
    if not reader.holds(Role.SUPERVISOR):
        listed = await views.listed(reader, _wanted(ListKind.TASKS, data, setting))
    else:
        at = datetime.fromisoformat(data["at"]) if "at" in data else setting.now
        data = {**data, "at": at.isoformat()}
        cases = await views.waiting(reader, at)
        listed = latest_first(cases, Turn.from_json(data), setting.book.calendar, at)
        held = [case.assignee for case in listed.cases if case.assignee is not None]
        listed = replace(listed, names=await views.names(held))
    others = {number: name for number, name in listed.names.items() if number != reader.id}
    return tasks_sheet(replace(listed, names=others), data, setting)


async def board_page(views: Views, reader: Person, data: Data, setting: Setting) -> Sheet:
    """The piles, or what lies in one of them."""
    if "state" not in data:
        return board_sheet(await views.piles(reader, setting.now), setting)
    state = State(data["state"])
    wanted = replace(_wanted(ListKind.BOARD, data, setting), state=state)
    return pile_sheet(state, await views.listed(reader, wanted), data, setting)


async def orders_page(views: Views, reader: Person, data: Data, setting: Setting) -> Sheet:
    listed = await views.listed(reader, _wanted(ListKind.ORDERS, data, setting))
    return orders_sheet(listed, data, setting)


async def supervised_page(views: Views, reader: Person, data: Data, setting: Setting) -> Sheet:
    """Cases with a supervision order that stands, of the agencies led or the areas watched."""
    listed = await views.listed(reader, _wanted(ListKind.SUPERVISED, data, setting))
    return supervised_sheet(listed, data, setting)


async def reviews_page(views: Views, reader: Person, data: Data, setting: Setting) -> Sheet:
    """Work to be judged, by the points for a second look, then by what is due first.

    The points are those of now: a photo that arrives meanwhile may move a case.
    """
    scale = Scale(setting.book.policy.risk, setting.book.calendar.zone)
    seen_now = await views.to_review(reader)
    scored = {seen.case.id: scale.score(seen) for seen in seen_now}
    cases = [seen.case for seen in seen_now]
    points = {number: score.points for number, score in scored.items()}
    return reviews_sheet(
        riskiest_first(cases, points, Turn.from_json(data)), scored, data, setting
    )


async def found_page(views: Views, reader: Person, data: Data, setting: Setting) -> Sheet:
    """What a number named is kept by its cases; words are looked up anew on every page."""
    wanted = _wanted(ListKind.FOUND, data, setting)
    if "cases" in data:
        wanted = replace(wanted, cases=tuple(CaseId(int(number)) for number in data["cases"]))
    else:
        terms = str(data.get("words", "")).split()[:MOST_TERMS]
        catalogue = setting.book.policy.catalogue
        wanted = replace(wanted, terms=tuple((t, classes_named(t, catalogue)) for t in terms))
    return found_sheet(await views.listed(reader, wanted), data, setting)


async def digest_page(
    views: Views, reader: Person | None, data: Data, setting: Setting
) -> Sheet | None:
    """What was told together, as it stands now; None where nothing of it matters any more.

    The order is that of the moment at which it was first shown, so that a page turned keeps it.
    """
    at = datetime.fromisoformat(data["at"]) if "at" in data else setting.now
    number = reader.id if reader else SYSTEM.id
    found = await views.gathered(str(data["digest"]))
    said = worst_of_each(each for each in found if still_asks(each, number))
    if not said:
        return digest_over_sheet(setting) if "at" in data else None
    cases = [each.case for each in said.values()]
    listed = latest_first(cases, Turn.from_json(data), setting.book.calendar, at)
    return digest_sheet(listed, said, {**data, "at": at.isoformat()}, setting)


def classes_named(words: str, catalogue: Catalogue) -> tuple[str, ...]:
    """Codes of the classes whose name holds these words, in either language, or is their code."""
    wanted = words.lower()
    return tuple(
        code
        for code, entry in catalogue.classes.items()
        if wanted in entry.zh.lower() or wanted in entry.en.lower() or wanted == code.lower()
    )


Painted = Callable[[Views, Person, Data, Setting], Awaitable[Sheet]]
PAGES: Final[dict[ListKind, Painted]] = {
    ListKind.TASKS: tasks_page,
    ListKind.BOARD: board_page,
    ListKind.ORDERS: orders_page,
    ListKind.FOUND: found_page,
    ListKind.SUPERVISED: supervised_page,
    ListKind.REVIEWS: reviews_page,
}


def _wanted(kind: ListKind, data: Data, setting: Setting) -> Wanted:
    return Wanted(kind, setting.now, Turn.from_json(data))
