"""From what is owed to what is seen: claim, render, pay the budget, one attempt, one verdict."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.budgets import Budgets
from bot.chat import Card, Courier, Delivery, Outcome
from bot.linking import Pages
from bot.painter import Painter
from bot.sheet import Sheet
from workflows.cases.case import CaseId
from workflows.figures import SILENCE, Count, Figures, Span
from workflows.notices import Lane, NoticeKind
from workflows.people import PersonId
from workflows.ports import Clock, LeaseLostError
from workflows.rails import WAITS_FOR_PICTURES, Outbox, Owed, Tokens

log = logging.getLogger(__name__)

PATIENCE: Final = 3.0
"""Seconds a message may wait for its budget in memory; a longer wait goes back to its row."""

MOST_TRIES: Final = {True: 8, False: 3}
"""By class: orders and alerts are tried longer; the ladder does not wait for either."""

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=2), timedelta(minutes=5)


PICTURES_WITHIN: Final = timedelta(seconds=5)
"""A photo is fetched in one or two; a card that has waited so long goes without."""


class NotYetError(Exception):
    """This chat has had its share; `seconds` until it may have more."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class PicturesComeError(Exception):
    """A picture of this card is still being fetched; it is shown better a moment later."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Send what is due. `spread` draws a number up to its argument, for jitter."""

    outbox: Outbox
    tokens: Tokens
    painter: Painter
    pages: Pages
    couriers: Mapping[str, Courier]
    budgets: Budgets
    now: Clock
    spread: Callable[[float], float]
    lost_contact: Callable[[CaseId, PersonId], Awaitable[None]]
    reach: Callable[[str], None]
    figures: Figures = SILENCE

    async def round(self, most: int = 16) -> int:
        """One batch, each to another chat. Returns how many were claimed."""
        claimed = await self.outbox.claim(most, self.now())
        if claimed:
            self.reach("outbox.after_claim")
            await asyncio.gather(*(self._deliver(owed) for owed in claimed))
        return len(claimed)

    async def _deliver(self, owed: Owed) -> None:
        try:
            await self._attempt(owed)
        except LeaseLostError:
            log.warning("message %s was taken over by another process", owed.id)
        except PicturesComeError:
            later = owed.owed_at + PICTURES_WITHIN
            await self.outbox.retry(owed, WAITS_FOR_PICTURES, later, counts=False)
            self._count(owed, "put_off")
        except NotYetError as no:
            later = self.now() + timedelta(seconds=no.seconds)
            await self.outbox.retry(owed, "budget", later, counts=False)
            self._count(owed, "put_off")
        except Exception as fault:
            log.exception("message %s (%s) cannot be made", owed.id, owed.notice.kind)
            await self._verdict(owed, Delivery(Outcome.RETRY, why=type(fault).__name__))

    async def _attempt(self, owed: Owed) -> None:
        courier = self.couriers.get(owed.address.transport)
        if courier is None:
            await self.outbox.failed(owed, f"no transport {owed.address.transport}", self.now())
            self._count(owed, Outcome.FINAL)
            return
        send = await self._prepared(owed, courier)
        if send is None:
            await self.outbox.superseded(owed, "no longer means anything", self.now())
            self._count(owed, "superseded")
            return
        await self._verdict(owed, await send())

    async def _prepared(
        self, owed: Owed, courier: Courier
    ) -> Callable[[], Awaitable[Delivery]] | None:
        """The one call that will be made, its words chosen and its budget paid."""
        if owed.notice.kind is NoticeKind.RECEIPT:
            message = str(owed.notice.data["message"])
            if not courier.capabilities.can_react:
                return None
            await self._pay(owed, 1)
            return lambda: courier.react(owed.address, message)
        if owed.notice.kind is NoticeKind.MENU:
            return lambda: courier.hang_menu(owed.address, self.painter.menu(owed))
        sheet = await self.painter.paint(owed, self.now())
        if sheet is None:
            return None
        if sheet.card.awaits and self._may_wait(owed):
            raise PicturesComeError
        sheet = _with_document(sheet, courier)
        pin = sheet.card.place is not None and owed.live is None
        await self._pay(owed, 1 + len(sheet.card.pictures) + pin)
        card = await self._with_link(owed, sheet, await self._with_buttons(owed, sheet))
        return lambda: self._show(owed, courier, card)

    def _may_wait(self, owed: Owed) -> bool:
        """An alert never does, an edit finds its message, and no card waits for long."""
        early = self.now() < owed.owed_at + PICTURES_WITHIN
        return early and owed.is_new and owed.notice.lane is not Lane.ESCALATION

    async def _with_buttons(self, owed: Owed, sheet: Sheet) -> Card:
        if not sheet.offers or not isinstance(owed.notice.to, int):
            return sheet.card
        person = PersonId(owed.notice.to)
        subject = owed.notice.subject or f"{owed.notice.kind}:{owed.notice.case_id or 0}"
        token = await self.tokens.issue(person, subject, sheet.offers, self.now())
        return sheet.with_token(token)

    async def _with_link(self, owed: Owed, sheet: Sheet, card: Card) -> Card:
        """Where something was left out, a page of ours shows it once."""
        if not sheet.left_out or owed.reader is None or owed.notice.secret:
            return card
        return await self.pages.linked(owed, card, self.now())

    async def _show(self, owed: Owed, courier: Courier, card: Card) -> Delivery:
        """Edit what they have, unless it must be heard or was asked for: then a new message."""
        notice, live = owed.notice, owed.live
        loud = notice.loud
        if live is not None and not owed.is_new:
            revised = await courier.revise(owed.address, live, card, key=notice.key)
            if revised.outcome is not Outcome.GONE:
                return revised
            loud = False
        shown = await courier.show(owed.address, card, key=notice.key, loud=loud, before=live)
        if live is not None and shown.outcome is Outcome.DELIVERED:
            await courier.retire(owed.address, live, self.painter.moved_below(owed))
        return shown

    async def _pay(self, owed: Owed, messages: int) -> None:
        """Wait a little for the chat's turn. Raises NotYetError if it is too far away."""
        waited = 0.0
        while wait := self.budgets.take(owed.address, owed.notice.lane, messages):
            self.figures.count(Count.BUDGET_WAITS, owed.notice.lane.name.lower())
            waited += wait
            if waited > PATIENCE:
                raise NotYetError(wait)
            await asyncio.sleep(wait)

    async def _verdict(self, owed: Owed, delivery: Delivery) -> None:
        at = self.now()
        self._count(owed, delivery.outcome)
        self.reach("outbox.before_result")
        match delivery.outcome:
            case Outcome.DELIVERED | Outcome.ALREADY_SO:
                await self.outbox.sent(owed, delivery.receipt, delivery.keys, at)
            case Outcome.UNKNOWN:
                await self.outbox.unknown(owed, delivery.why, at)
            case Outcome.UNREACHABLE:
                await self.outbox.unreachable(owed, delivery.why, at)
                await self._tell_on_duty(owed)
            case Outcome.MOVED if delivery.moved_to is not None:
                await self.outbox.moved(owed.address, delivery.moved_to)
                await self.outbox.retry(owed, delivery.why, at, counts=False)
            case Outcome.RETRY:
                await self._again(owed, delivery, at)
            case Outcome.STOP:
                log.error("the messenger refuses us: %s", delivery.why)
                await self.outbox.hold(None, at + timedelta(minutes=1))
                await self.outbox.retry(owed, delivery.why, at, counts=False)
            case _:
                await self.outbox.failed(owed, f"{delivery.outcome}: {delivery.why}", at)

    def _count(self, owed: Owed, outcome: str) -> None:
        lane = owed.notice.lane.name.lower()
        self.figures.count(Count.SENDS, lane, outcome)
        if outcome == Outcome.DELIVERED:
            since = max(owed.owed_at, owed.notice.not_before or owed.owed_at)
            self.figures.observe(Span.DELIVERY, (self.now() - since).total_seconds(), lane)

    async def _tell_on_duty(self, owed: Owed) -> None:
        """An order that waits behind a closed door must not wait for its deadline."""
        notice = owed.notice
        if notice.sure and isinstance(notice.to, int):
            for case_id in await self.painter.cases_of(owed):
                await self.lost_contact(case_id, PersonId(notice.to))

    async def _again(self, owed: Owed, delivery: Delivery, at: datetime) -> None:
        if delivery.after is not None:
            until = at + delivery.after + timedelta(seconds=self.spread(1.0))
            await self.outbox.hold(None if delivery.everyone else owed.address, until)
            await self.outbox.retry(owed, delivery.why, until, counts=False)
        elif owed.attempts + 1 >= MOST_TRIES[owed.notice.sure]:
            await self.outbox.failed(owed, delivery.why, at)
        else:
            most = min(FIRST_WAIT * 2**owed.attempts, LONGEST_WAIT)
            wait = timedelta(seconds=self.spread(most.total_seconds()))
            await self.outbox.retry(owed, delivery.why, at + wait, counts=True)


def _with_document(sheet: Sheet, courier: Courier) -> Sheet:
    """A file that this transport does not carry is not tried: the card says where to get it."""
    document = sheet.card.document
    if document is None or document.size <= courier.capabilities.document_max:
        return sheet
    return replace(sheet, card=sheet.card.without_document())
