"""A person at the other end of any transport, so that one suite fits all."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from bot.chat import Courier, Gesture
from bot.simulator.phones import Phone
from tests.stage import Listener, Stage, jpeg
from tests.wecom import Member, WeCom
from workflows.notices import Address

RED, BLUE, LOST = "a" * 64, "b" * 64, "c" * 64
COPIES = {RED: jpeg("red"), BLUE: jpeg("blue")}


@dataclass(frozen=True)
class Seen:
    """A message as an eye sees it."""

    text: str
    labels: list[str]
    is_photo: bool


class Chat(Protocol):
    """One transport and one person on it."""

    courier: Courier
    address: Address
    nowhere: Address

    async def says(self, text: str) -> None: ...
    async def shows(self, photo: bytes) -> None: ...
    async def presses(self, label: str) -> None: ...
    async def screen(self) -> list[Seen]: ...
    async def heard(self) -> list[Gesture]: ...


@dataclass
class OnTelegram:
    stage: Stage
    phone: Phone
    address: Address

    def __post_init__(self) -> None:
        self.nowhere = Address("telegram", "1")
        self.stage.copies.update(COPIES)
        self.courier: Courier = self.stage.courier

    async def says(self, text: str) -> None:
        await self.phone.says(text)

    async def shows(self, photo: bytes) -> None:
        await self.phone.sends_photo(photo)

    async def presses(self, label: str) -> None:
        await self.phone._does("/press", json={"label": label, "wait": 0})

    async def screen(self) -> list[Seen]:
        messages = [each for each in await self.phone.messages() if each.from_bot]
        return [Seen(each.text, each.labels, bool(each.photo_count)) for each in messages]

    async def heard(self) -> list[Gesture]:
        return await self.stage.gestures()


@dataclass
class OnWeCom:
    now: datetime = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
    door: Listener = field(default_factory=Listener)

    def __post_init__(self) -> None:
        self.wecom = WeCom(lambda: self.now, self._copy, self.door)
        self.courier: Courier = self.wecom
        self.member: Member = self.wecom.member("lin", "林")
        self.address = self.member.address
        self.nowhere = Address("wecom", "nobody")

    async def _copy(self, sha256: str, _: tuple[str, ...] = ()) -> bytes:
        return COPIES[sha256]

    def later(self, **wait: Any) -> None:
        self.now += timedelta(**wait)

    async def says(self, text: str) -> None:
        await self.member.says(text)

    async def shows(self, photo: bytes) -> None:
        await self.member.shows(photo)

    async def presses(self, label: str) -> None:
        await self.member.presses(label)

    async def screen(self) -> list[Seen]:
        return [Seen(each.text, each.labels, bool(each.photo)) for each in self.member.screen]

    async def heard(self) -> list[Gesture]:
        heard, self.door.heard = self.door.heard, []
        return heard
