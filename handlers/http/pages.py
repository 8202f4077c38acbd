"""Pages behind one-time links: a door, the message in full, its pictures; every look is on record.

GET of a fresh link shows a button and uses nothing up, for messengers fetch links to preview
them. POST uses it up for this browser, which is known by a cookie of this link alone; a second
tap of the same browser is the same use. Nothing here says whether a case exists.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import quote, urlsplit

from aiohttp import web

from bot.chat import OpenCopy
from bot.i18n import Speech
from bot.page_painted import page_of
from bot.painter import Painter
from bot.webpage import POLICY, card_page, closed_page, door_page
from workflows.book import Book
from workflows.people import Actor
from workflows.ports import Clock
from workflows.privacy.access import Access, NoteAccess
from workflows.privacy.pages import PATH, Opened, PageLinks
from workflows.rails import Owed

COOKIE: Final = "paidan_page"
VISITOR_BYTES: Final = 24
HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
"""Nothing is kept, framed, indexed or told to the next page."""


@dataclass(frozen=True, slots=True)
class PageDoor:
    """`address` is where people reach us; the cookie is `Secure` where that is https."""

    links: PageLinks
    painter: Painter
    note_access: NoteAccess
    open_copy: OpenCopy
    speech: Speech
    book: Book
    now: Clock
    address: str

    @property
    def lives(self) -> timedelta:
        return self.book.policy.privacy.page_lives

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get(PATH + "{token}", self.look),
            web.post(PATH + "{token}", self.open),
            web.get(PATH + r"{token}/{number:\d{1,2}}.jpg", self.picture),
        ]

    async def look(self, request: web.Request) -> web.Response:
        """The page for the browser that opened it, the button for a fresh link, else no."""
        token, visitor = _asked(request)
        opened = await self.links.shown(token, visitor, self.now()) if visitor else None
        if opened is not None:
            return await self._page(request, opened)
        if await self.links.waits(token, self.now()):
            answer = _html(door_page(self.speech))
            self._know(answer, token, visitor or secrets.token_urlsafe(VISITOR_BYTES))
            return answer
        return self._closed(request)

    async def open(self, request: web.Request) -> web.Response:
        """Uses the link up and shows the page by GET, so that reloading it repeats no form."""
        token, visitor = _asked(request)
        visitor = visitor or secrets.token_urlsafe(VISITOR_BYTES)
        at = self.now()
        if not await self.links.open(token, visitor, at, at + self.lives):
            return self._closed(request)
        answer = web.Response(status=303, headers={**HEADERS, "Location": self._place(token)})
        self._know(answer, token, visitor)
        return answer

    async def picture(self, request: web.Request) -> web.Response:
        """A shown copy, stamped as in the chat, if the page that was opened has it now."""
        token, visitor = _asked(request)
        opened = await self.links.shown(token, visitor, self.now()) if visitor else None
        card = await page_of(self.painter, opened.owed, self.now()) if opened else None
        place = int(request.match_info["number"])
        if opened is None or card is None or not 1 <= place <= len(card.pictures):
            return self._closed(request)
        shot = card.pictures[place - 1]
        try:
            copy = await self.open_copy(shot.sha256, shot.stamp)
        except FileNotFoundError:
            return web.Response(status=404, headers=HEADERS)
        except OSError:
            return web.Response(status=503, headers=HEADERS)
        await self._note(opened.owed, Access.PHOTO, photo=shot.sha256[:16])
        name = f"paidan-{opened.owed.notice.case_id or 0}-{place}.jpg"
        shown = {"Content-Disposition": f'inline; filename="{name}"', **HEADERS}
        return web.Response(body=copy, content_type="image/jpeg", headers=shown)

    async def _page(self, request: web.Request, opened: Opened) -> web.Response:
        owed = opened.owed
        card = await page_of(self.painter, owed, self.now())
        if card is None:
            await self._note(owed, Access.REFUSED, asked="page")
            return self._closed(request)
        await self._note(owed, Access.PAGE, kind=owed.notice.kind.value)
        closes = opened.until.astimezone(self.book.calendar.zone)
        token, _ = _asked(request)
        pictures = [f"{token}/{place}.jpg" for place in range(1, len(card.pictures) + 1)]
        tongue = self.speech.in_(owed.language)
        answer = _html(card_page(card, pictures, f"{closes:%H:%M}", tongue))
        if seconds := self._shows_for(owed):
            answer.headers["Refresh"] = str(seconds)
        return answer

    def _shows_for(self, owed: Owed) -> int:
        """Seconds after which the page asks anew: a caller's number hides itself again."""
        until = str(owed.notice.data.get("until", ""))
        if not until:
            return 0
        return max(int((datetime.fromisoformat(until) - self.now()).total_seconds()), 1)

    async def _note(self, owed: Owed, access: Access, **facts: object) -> None:
        assert owed.reader is not None
        await self.note_access(Actor(owed.reader), access, owed.notice.case_id, **facts)

    def _closed(self, request: web.Request) -> web.Response:
        token, _ = _asked(request)
        return _html(closed_page(self.speech, self._place(token)), status=410)

    def _place(self, token: str) -> str:
        return f"{urlsplit(self.address).path}{PATH}{quote(token)}"

    def _know(self, answer: web.Response, token: str, visitor: str) -> None:
        """A cookie for this link alone, unread by scripts and by other sites."""
        answer.set_cookie(
            COOKIE,
            visitor,
            max_age=int(self.lives.total_seconds()),
            path=self._place(token),
            secure=self.address.startswith("https://"),
            httponly=True,
            samesite="Strict",
        )


def _asked(request: web.Request) -> tuple[str, str]:
    return request.match_info["token"], request.cookies.get(COOKIE, "")


def _html(page: str, *, status: int = 200) -> web.Response:
    return web.Response(
        text=page, status=status, content_type="text/html", charset="utf-8", headers=HEADERS
    )
