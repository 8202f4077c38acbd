"""A messenger with WeCom's habits, small enough to keep in the head (messaging.md 5).

One unprompted update per card within 72 hours and one more per press, six buttons, 2,048 bytes,
one picture a message, nothing silent; over 30 messages a minute to one member vanish unreported.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.chat import (
    Button,
    Capabilities,
    Card,
    Commands,
    Delivery,
    Door,
    Edits,
    Joined,
    OpenCopy,
    Outcome,
    Pressed,
    Said,
    Shot,
    Showed,
)
from bot.faults import FetchError
from bot.plain import clean, cut_bytes
from workflows.cases.case import PhotoRef, Picture
from workflows.notices import Address
from workflows.ports import Clock

BUTTONS, LABEL, BYTES, PER_MINUTE = 6, 10, 2048, 30
EDIT_WINDOW, REPEAT_WINDOW, MEDIA_LIFE = timedelta(hours=72), timedelta(hours=4), timedelta(days=3)
MORE = "\n……更多内容请打开案件页"


@dataclass
class Bubble:
    """One message on a phone; `updates` counts the response codes not yet used."""

    number: str
    at: datetime
    text: str = ""
    buttons: tuple[Button, ...] = ()
    photo: bytes = b""
    updates: int = 1

    @property
    def labels(self) -> list[str]:
        return [button.label for button in self.buttons]


@dataclass
class Member:
    """A person of the organisation and the chat with the application on that phone."""

    town: "WeCom"
    user_id: str
    name: str
    screen: list[Bubble] = field(default_factory=list)
    arrivals: list[datetime] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    @property
    def address(self) -> Address:
        return Address(self.town.name, self.user_id)

    async def says(self, text: str) -> None:
        await self.town.door.hear(Said(**self._base(), text=text, message=self.town.number()))

    async def shows(self, photo: bytes) -> None:
        media = self.town.number()
        self.town.media[media] = (photo, self.town.clock())
        picture = Picture(PhotoRef(self.town.name, {"media": media}), unique="", size=0)
        await self.town.door.hear(Showed(**self._base(), picture=picture, message=media))

    async def joins(self, payload: str) -> None:
        """Opens a page link that carries a payload."""
        await self.town.door.hear(Joined(**self._base(), payload=payload))

    async def presses(self, label: str) -> None:
        """The newest button that says so; a press brings one more update of its card."""
        bubble, token = next(
            (each, button.token)
            for each in reversed(self.screen)
            for button in each.buttons
            if label in button.label
        )
        bubble.updates += 1
        press = self.town.number()
        self.town.presses[press] = self
        base = self._base() | {"about": bubble.number}
        await self.town.door.hear(Pressed(**base, token=token, press_id=press))

    def _base(self) -> dict[str, Any]:
        cause = f"{self.town.name}:{self.town.number()}"
        said_at = self.town.clock()
        return {"address": self.address, "said_at": said_at, "cause": cause, "name": self.name}


class WeCom:
    """The application's side: implements `bot.chat.Courier`."""

    name = "wecom"
    capabilities = Capabilities(
        edits=Edits.BUDGET,
        edit_window=EDIT_WINDOW,
        buttons_max=BUTTONS,
        label_max=LABEL,
        text_max=BYTES,
        text_unit="bytes",
        photos_per_message=1,
        can_pin=False,
        can_react=False,
        can_ask_place=False,
        has_silent=False,
        idempotent_sends=True,
        press_has_time=True,
        data_region="mainland",
    )

    def __init__(self, clock: Clock, open_copy: OpenCopy, door: Door) -> None:
        self.clock, self.door, self._open_copy = clock, door, open_copy
        self.members: dict[str, Member] = {}
        self.media: dict[str, tuple[bytes, datetime]] = {}
        self.presses: dict[str, Member] = {}
        self._sent: dict[tuple[str, str], tuple[datetime, Delivery]] = {}
        self._count = 0

    def member(self, user_id: str, name: str) -> Member:
        return self.members.setdefault(user_id, Member(self, user_id, name))

    def number(self) -> str:
        self._count += 1
        return str(self._count)

    async def show(
        self,
        address: Address,
        card: Card,
        *,
        key: str,
        loud: bool,  # noqa: ARG002 - every message makes a sound here
        before: Mapping[str, Any] | None = None,  # noqa: ARG002 - there are no pins
    ) -> Delivery:
        member = self.members.get(address.chat)
        if member is None:
            return Delivery(Outcome.UNREACHABLE, why="invaliduser")
        at, earlier = self._sent.get((address.chat, key), (self.clock(), None))
        if earlier is not None and self.clock() - at < REPEAT_WINDOW:
            return earlier
        missing = 0
        for shot in card.pictures:
            photo = await self._photo(shot)
            missing += not photo
            if photo:
                self._drop(member, Bubble(self.number(), self.clock(), shot.caption, photo=photo))
        bubble = Bubble(self.number(), self.clock(), _text(card, missing), _buttons(card))
        self._drop(member, bubble)
        receipt = {"msgid": bubble.number, "pictures": [shot.sha256 for shot in card.pictures]}
        delivery = Delivery(Outcome.DELIVERED, receipt, (bubble.number,))
        self._sent[address.chat, key] = self.clock(), delivery
        return delivery

    async def revise(
        self, address: Address, receipt: Mapping[str, Any], card: Card, *, key: str
    ) -> Delivery:
        bubble = self._bubble(address, receipt)
        if bubble is None or {shot.sha256 for shot in card.pictures} - {*receipt["pictures"]}:
            return Delivery(Outcome.GONE, why="cannot be updated")
        text, buttons = _text(card, 0), _buttons(card)
        if (bubble.text, bubble.buttons) == (text, buttons):
            return Delivery(Outcome.ALREADY_SO, receipt, (bubble.number,))
        if not bubble.buttons or not bubble.updates or self.clock() - bubble.at > EDIT_WINDOW:
            return Delivery(Outcome.GONE, why=f"no update left for {key}")
        bubble.text, bubble.buttons, bubble.updates = text, buttons, bubble.updates - 1
        return Delivery(Outcome.DELIVERED, receipt, (bubble.number,))

    async def retire(
        self, address: Address, receipt: Mapping[str, Any], card: Card | None
    ) -> Delivery:
        bubble = self._bubble(address, receipt)
        if bubble is None:
            return Delivery(Outcome.GONE, why="no such message")
        words = card or Card(head=bubble.text)
        bare = Card(head=words.head, lines=words.lines, rows=words.rows)
        return await self.revise(address, receipt, bare, key="")

    async def hang_menu(self, address: Address, menu: Mapping[str, Commands]) -> Delivery:
        return Delivery(Outcome.ALREADY_SO, why=f"one menu for all: {address.chat} {len(menu)}")

    async def react(self, address: Address, message: str) -> Delivery:
        return Delivery(Outcome.FINAL, why=f"no reactions here: {address.chat} {message}")

    async def acknowledge(self, press_id: str, words: str, *, urgent: bool) -> None:
        """The nearest thing to a toast is the passive reply; how urgent, it cannot say."""
        if (member := self.presses.get(press_id)) is not None:
            member.answers.append(f"{words}{'！' if urgent else ''}")

    async def fetch(self, ref: PhotoRef, *, most: int) -> AsyncIterator[bytes]:
        data, at = self.media.get(str(ref.data.get("media")), (b"", self.clock()))
        if ref.transport != self.name or not data or self.clock() - at > MEDIA_LIFE:
            raise FetchError("no such media", lasting=True)
        if len(data) > most:
            raise FetchError("too large", lasting=True, problem="too_large")
        yield data

    def _drop(self, member: Member, bubble: Bubble) -> None:
        """Onto the phone, or nowhere: the excess is not reported to anybody."""
        recent = [at for at in member.arrivals if bubble.at - at < timedelta(minutes=1)]
        member.arrivals = [*recent, bubble.at]
        if len(recent) < PER_MINUTE:
            member.screen.append(bubble)

    def _bubble(self, address: Address, receipt: Mapping[str, Any]) -> Bubble | None:
        member = self.members.get(address.chat)
        screen = member.screen if member else []
        return next((each for each in screen if each.number == receipt.get("msgid")), None)

    async def _photo(self, shot: Shot) -> bytes:
        try:
            return await self._open_copy(shot.sha256, shot.stamp)
        except LookupError:
            return b""


def _text(card: Card, missing: int) -> str:
    note = card.no_picture if missing else ""
    text = clean("\n".join(part for part in (card.plain(), note) if part))
    if len(text.encode()) <= BYTES:
        return text
    more = f"{MORE} {card.link}".rstrip()
    return cut_bytes(text, BYTES - len(more.encode())) + more


def _buttons(card: Card) -> tuple[Button, ...]:
    flat = [button for row in card.buttons for button in row][:BUTTONS]
    return tuple(Button(each.label[:LABEL], each.token, each.weight) for each in flat)
