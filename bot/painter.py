"""From what is owed to what is seen: reads what a notice is about and calls the pure function."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.alerts_painted import case_told, cases_of
from bot.asked_painted import asked_now
from bot.audits_painted import LOOKED_AT
from bot.beside_painted import BESIDE, reader_of
from bot.calls_painted import call_out
from bot.cards.lessons import PAGE as LESSONS
from bot.cards.lessons import lessons_sheet
from bot.cards.lists import unplaced_sheet
from bot.cards.outage import clock_sheet, shown_again
from bot.cards.refusing import refusal, toast
from bot.cards.setting import Setting
from bot.cards.talk import (
    help_sheet,
    invite_sheet,
    languages_sheet,
    me_sheet,
    refused_sheet,
    said_sheet,
    welcome_sheet,
)
from bot.chat import Card, Commands
from bot.commands import commands_for
from bot.compared_painted import compared, one_by_one
from bot.drafts_painted import draft_now
from bot.duty_painted import DUTY, NO_ROSTER
from bot.emergencies_painted import emergency_seen
from bot.i18n import N_, Speech
from bot.pages import PAGES, digest_page
from bot.proposals_painted import PROPOSALS
from bot.sheet import Sheet
from bot.summary_painted import summary
from bot.veil import Loads, Veil, is_whole, with_offers
from workflows.book import Book
from workflows.cases.case import CaseId
from workflows.evidence.kept import SideBySide
from workflows.lists import ListKind
from workflows.notices import NoticeKind
from workflows.privacy.carriage import WHOLE, Load, Piece
from workflows.rails import Owed
from workflows.refusals import Reason, Refused
from workflows.views import Views

__all__ = ["Painter", "refusal", "toast"]

GONE: Final = NO_ROSTER | frozenset(
    (
        Reason.NO_SUCH_CASE,
        Reason.NO_SUCH_DRAFT,
        Reason.NO_SUCH_CALL,
        Reason.NO_SUCH_EMERGENCY,
        Reason.NO_SUCH_PROPOSAL,
    )
)
"""What a message was about is no longer there, so that it is not sent."""
READ: Final = {**DUTY, **PROPOSALS, **BESIDE}
"""Painted elsewhere, from what each reads."""

SEE_BELOW: Final = N_("#{case} ↓ see the newer message below")
MOVED_ON: Final = N_("↓ see the newer message below")


@dataclass(frozen=True, slots=True)
class Painter:
    """Turns a claimed notice into a sheet. `link` makes an address out of a payload.

    `loads` says what may leave by which transport.
    """

    views: Views
    book: Book
    speech: Speech
    link: Callable[[str], str]
    loads: Loads
    side_by_side: SideBySide = one_by_one

    async def paint(self, owed: Owed, now: datetime) -> Sheet | None:
        """The sheet as its address may see it, or None when it no longer makes sense.

        Every message of every transport passes here, and what may not leave is left out.
        """
        load = self.loads(owed.address.transport)
        sheet = await self._for(load, owed, now)
        if sheet is None or sheet.card.document is None or Piece.EXPORTS in load:
            return sheet
        return replace(sheet, card=sheet.card.without_document())

    async def _for(self, load: Load, owed: Owed, now: datetime) -> Sheet | None:
        if load >= WHOLE:
            return await self.paint_whole(owed, now)
        veil = Veil(load)
        laid = self.side_by_side if Piece.PHOTOS in load else one_by_one
        veiled = replace(self, views=veil.views(self.views), side_by_side=laid)
        sheet = await veiled.paint_whole(veil.owed(owed), now)
        if sheet is None:
            return None
        if not is_whole(sheet):
            whole = await self.paint_whole(owed, now)
            sheet = with_offers(sheet, whole or sheet)
        return veil.sheet(sheet, owed.reader.id if owed.reader else 0)

    async def paint_whole(self, owed: Owed, now: datetime) -> Sheet | None:
        """The sheet with everything on it: for a page of ours."""
        setting = Setting(self.speech.in_(owed.language), self.book, now)
        brush = _BRUSHES.get(owed.notice.kind)
        if brush is None:
            return None
        try:
            sheet = await brush(self, owed, setting)
        except Refused as no:
            if no.reason in GONE:
                return None
            raise
        again = owed.notice.data.get("outage")
        sheet = shown_again(sheet, again, setting) if sheet and again else sheet
        repeat = _is_repeat(owed) and owed.notice.kind is not NoticeKind.CASE
        return _repeated(sheet, setting) if sheet and repeat else sheet

    async def cases_of(self, owed: Owed) -> tuple[CaseId, ...]:
        """The cases that a message is about: one, those of a digest, or none."""
        return await cases_of(self.views, owed)

    def menu(self, owed: Owed) -> Mapping[str, Commands]:
        """The commands of this person's roles in every language; none for a stranger."""
        if owed.reader is None:
            return {}
        tongues = {**self.speech.tongues, "": self.speech.in_(owed.language)}
        roles = owed.reader.roles
        return {code: commands_for(roles, tongue) for code, tongue in tongues.items()}

    def moved_below(self, owed: Owed) -> Card:
        """What is left of a message whose news came as a new one: where to look, no buttons."""
        tongue = self.speech.in_(owed.language)
        if owed.notice.case_id is None:
            return Card(tongue(MOVED_ON))
        return Card(tongue(SEE_BELOW, case=owed.notice.case_id))


async def _case(painter: Painter, owed: Owed, setting: Setting) -> Sheet | None:
    return await case_told(painter.views, owed, setting, repeat=_is_repeat(owed))


async def _digest(painter: Painter, owed: Owed, setting: Setting) -> Sheet | None:
    return await digest_page(painter.views, owed.reader, owed.notice.data, setting)


async def _draft(painter: Painter, owed: Owed, setting: Setting) -> Sheet | None:
    return await draft_now(painter.views, owed, reader_of(owed), setting)


async def _call_out(painter: Painter, owed: Owed, setting: Setting) -> Sheet | None:
    return await call_out(painter.views.joint, owed, setting)


async def _emergency(painter: Painter, owed: Owed, setting: Setting) -> Sheet | None:
    return await emergency_seen(painter.views, owed, reader_of(owed), setting)


async def _ask(painter: Painter, owed: Owed, setting: Setting) -> Sheet | None:
    return await asked_now(painter.views, owed, reader_of(owed), setting)


async def _list(painter: Painter, owed: Owed, setting: Setting) -> Sheet | None:
    page = PAGES[ListKind(owed.notice.kind)]
    return await page(painter.views, reader_of(owed), owed.notice.data, setting)


async def _comparison(painter: Painter, owed: Owed, setting: Setting) -> Sheet | None:
    return await compared(painter.views, owed, painter.side_by_side, setting)


async def _summary(painter: Painter, owed: Owed, setting: Setting) -> Sheet | None:
    return await summary(painter.views, reader_of(owed), setting)


async def _synonyms(painter: Painter, owed: Owed, setting: Setting) -> Sheet | None:
    page = int(owed.notice.data.get("page", 0))
    return lessons_sheet(await painter.views.taught(LESSONS, page * LESSONS), page, setting)


async def _help(_: Painter, owed: Owed, setting: Setting) -> Sheet | None:
    return help_sheet(reader_of(owed), setting)


async def _welcome(_: Painter, owed: Owed, setting: Setting) -> Sheet | None:
    return welcome_sheet(reader_of(owed), setting)


async def _me(_: Painter, owed: Owed, setting: Setting) -> Sheet | None:
    return me_sheet(reader_of(owed), setting)


async def _languages(_: Painter, __: Owed, setting: Setting) -> Sheet | None:
    return languages_sheet(setting)


async def _invite(painter: Painter, owed: Owed, setting: Setting) -> Sheet | None:
    data = owed.notice.data
    return invite_sheet(data, painter.link(data["token"]), setting)


async def _said(_: Painter, owed: Owed, setting: Setting) -> Sheet | None:
    return said_sheet(owed.notice.data["what"], owed.notice.case_id, setting, owed.notice.data)


async def _refused(_: Painter, owed: Owed, setting: Setting) -> Sheet | None:
    """Also what a stranger gets, whose notice names the reason alone."""
    data = owed.notice.data
    no = Refused(Reason(data["reason"]), **data.get("data", {}))
    cases = tuple(CaseId(number) for number in no.data.get("cases", ()))
    words = refusal(no, setting.tongue, setting.book, setting.now)
    return refused_sheet(words, cases)


async def _clock(_: Painter, owed: Owed, setting: Setting) -> Sheet | None:
    return clock_sheet(owed.notice.data, setting)


async def _unplaced(_: Painter, owed: Owed, setting: Setting) -> Sheet | None:
    cases = tuple(CaseId(number) for number in owed.notice.data.get("cases", ()))
    count = int(owed.notice.data.get("count", len(cases)))
    return unplaced_sheet(cases, count, setting)


async def _looked_at(painter: Painter, owed: Owed, setting: Setting) -> Sheet | None:
    return await LOOKED_AT[owed.notice.kind](painter.views, owed, reader_of(owed), setting)


async def _read(painter: Painter, owed: Owed, setting: Setting) -> Sheet | None:
    return await READ[owed.notice.kind](painter.views, owed, setting)


_Brush = Callable[[Painter, Owed, Setting], Awaitable[Sheet | None]]
_BRUSHES: Final[dict[NoticeKind, _Brush]] = {
    NoticeKind.CASE: _case,
    NoticeKind.DRAFT: _draft,
    NoticeKind.ASK: _ask,
    NoticeKind.REFUSED: _refused,
    NoticeKind.SAID: _said,
    NoticeKind.HELP: _help,
    NoticeKind.TASKS: _list,
    NoticeKind.BOARD: _list,
    NoticeKind.ORDERS: _list,
    NoticeKind.FOUND: _list,
    NoticeKind.SUPERVISED: _list,
    NoticeKind.REVIEWS: _list,
    NoticeKind.COMPARISON: _comparison,
    NoticeKind.ME: _me,
    NoticeKind.LANGUAGES: _languages,
    NoticeKind.CALL_OUT: _call_out,
    NoticeKind.EMERGENCY: _emergency,
    NoticeKind.EMERGENCIES: _emergency,
    NoticeKind.INVITE: _invite,
    NoticeKind.WELCOME: _welcome,
    NoticeKind.STRANGER: _refused,
    NoticeKind.SUMMARY: _summary,
    NoticeKind.UNPLACED: _unplaced,
    NoticeKind.CLOCK: _clock,
    NoticeKind.SYNONYMS: _synonyms,
    NoticeKind.DIGEST: _digest,
    **dict.fromkeys(READ, _read),
    **dict.fromkeys(LOOKED_AT, _looked_at),
}
"""A receipt is a sign on the person's own message and a retired card loses its buttons only."""


def _is_repeat(owed: Owed) -> bool:
    """An edit that is made once more shows nothing twice."""
    return owed.unknowns > 0 and owed.is_new


def _repeated(sheet: Sheet, setting: Setting) -> Sheet:
    """Marked as what it may be: something that has been read already."""
    head = setting.tongue("Repeat: {head}", head=sheet.card.head)
    return replace(sheet, card=replace(sheet.card, head=head))
