"""A message as a page of ours shows it: in full, for a reader who may still see what it tells."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, cast

from bot.cards.case import ALARMS
from bot.chat import Card
from bot.painter import Painter
from workflows.cases.case import Case, CaseId
from workflows.cases.machine import may_see
from workflows.escalation.digest import Gathered
from workflows.notices import DraftId, NoticeKind
from workflows.people import Actor, Person
from workflows.rails import Owed
from workflows.views import Views

ABOUT_LOOKS: Final = NoticeKind.LOOKED
"""Goes to auditors, who may see no case, and tells nothing of one but its number."""


async def page_of(painter: Painter, owed: Owed, now: datetime) -> Card | None:
    """The card as it stands now; None where there is nothing, or no longer anything, to see."""
    reader = owed.reader
    if reader is None or not reader.active:
        return None
    for number in await _cases_of(painter.views, owed):
        case = (await painter.views.case(number)).case
        if not may_read(case, reader, owed.notice.because):
            return None
    seen = replace(painter, views=cast("Views", _Seen(painter.views, reader)))
    sheet = await seen.paint_whole(replace(owed, live=owed.live or {"page": True}), now)
    return sheet.card if sheet else None


def may_read(case: Case, reader: Person, because: str) -> bool:
    """As in the chat: by a post, or because an open case alarms whoever stands in for others."""
    actor = Actor(reader)
    alarming = because in ALARMS or reader.id in case.alarm.stand_ins
    return may_see(case, actor) or (case.is_open and alarming)


async def _cases_of(views: Views, owed: Owed) -> Sequence[CaseId]:
    """The case of the message itself, or of the form or question that it shows."""
    notice = owed.notice
    if notice.kind is ABOUT_LOOKS:
        return ()
    found: Any = notice.case_id
    if found is None and "draft" in notice.data:
        body = (await views.draft(DraftId(notice.data["draft"]))).body
        found = body.get("case") or body.get("known")
    return () if found is None else (CaseId(int(found)),)


class _Seen:
    """The same views, whose digests hold only what their reader may still see."""

    def __init__(self, views: Views, reader: Person) -> None:
        self._views, self._reader = views, reader

    def __getattr__(self, asked: str) -> Any:
        return getattr(self._views, asked)

    async def gathered(self, digest: str) -> tuple[Gathered, ...]:
        found = await self._views.gathered(digest)
        return tuple(g for g in found if may_read(g.case, self._reader, g.because))
