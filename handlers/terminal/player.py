"""Plays people on their phones, and insists on seeing what each step must bring."""

import re
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, Final, TypeVar

from handlers.terminal.demo_town import (
    ADMIN,
    CHIEF,
    CLEANER,
    DISPATCHER,
    DRAIN_WORKER,
    ENGLISH_CLEANER,
    LEAD,
    OPERATOR,
    REVIEWER,
    SHIFT_LEADER,
    SUPERVISOR,
    Townsman,
)
from handlers.terminal.stage import Answer, Phone, Shown, Stage
from handlers.terminal.transcript import StepFailedError, Transcript

T = TypeVar("T")

PARTS: Final[Mapping[Townsman, str]] = {
    OPERATOR: "坐席",
    DRAIN_WORKER: "排水处置",
    CLEANER: "环卫处置",
    ENGLISH_CLEANER: "cleaner",
    LEAD: "单位负责",
    REVIEWER: "审核",
    DISPATCHER: "派遣",
    CHIEF: "值守长",
    SUPERVISOR: "督查",
    SHIFT_LEADER: "值班长",
    ADMIN: "管理员",
}
INVITATION: Final = re.compile(r"start=([\w-]+)")


@dataclass(slots=True)
class Player:
    """The people of the tour. Every act returns when everything that follows has happened."""

    stage: Stage
    script: Transcript
    phones: dict[Townsman, Phone] = field(default_factory=dict)
    strangers: dict[str, Phone] = field(default_factory=dict)

    # Time

    def local_now(self) -> datetime:
        return self.stage.now().astimezone(self.script.zone)

    async def at(self, clock: str, *, days: int = 0) -> None:
        """Move to an hour such as `09:20`, today or so many days on."""
        now = self.local_now()
        then = datetime.combine(
            now.date() + timedelta(days), time.fromisoformat(clock), now.tzinfo
        )
        if then > now:
            await self.stage.move(then - now)

    # People

    async def comes(self, who: Townsman | str, language: str = "zh-hans") -> Phone:
        """Somebody gets a phone; a bare name is a stranger."""
        if isinstance(who, str):
            self.strangers[who] = await self.stage.phone(who, language)
            return self.strangers[who]
        self.phones[who] = await self.stage.phone(who.name, who.phone_language)
        return self.phones[who]

    async def starts(self, who: Townsman | str, payload: str | None = None) -> None:
        link = "打开邀请链接 (invitation link)" if payload else "/start"
        await self._acts(who, link, self.phone(who).starts(payload))

    async def says(self, who: Townsman | str, text: str) -> None:
        await self._acts(who, text, self.phone(who).says(text))

    async def forwards(self, who: Townsman, text: str, origin: str) -> None:
        act = self.phone(who).forwards(text, origin)
        await self._acts(who, f"转发自 {origin}：{text}", act)

    async def photographs(
        self, who: Townsman, *pictures: bytes, caption: str = "", as_file: bool = False
    ) -> None:
        """One photo, an album of several, or one as a file that no app has touched."""
        phone, words = self.phone(who), caption or None
        with_words = f" “{caption}”" if caption else ""
        if as_file:
            name = "IMG_2041.JPG"
            act = phone.sends_file(pictures[0], name, "image/jpeg", words)
            await self._acts(who, f"📎 {name}（原图文件）{with_words}", act)
        elif len(pictures) > 1:
            act = phone.sends_album(pictures, words)
            await self._acts(who, f"🖼 ×{len(pictures)}（相册）{with_words}", act)
        else:
            await self._acts(who, f"🖼 照片{with_words}", phone.sends_photo(pictures[0], words))

    async def presses(self, who: Townsman, label: str, *, says: str = "", step: str = "") -> None:
        """Press what can be read; `says` is what the answer on the screen must hold."""
        self.script.act(self._called(who), self.stage.now(), f"按 [{label}]")
        answer: Answer = await self._played(
            who, self.phone(who).presses(label), step or f"按钮 {label}"
        )
        if answer.text:
            self.script.toast(answer.text)
        if says:
            await self._insist(
                says in answer.text, who, step or label, f"no “{says}” in the answer"
            )

    # Looking

    async def sees(
        self,
        who: Townsman | str,
        *words: str,
        step: str,
        buttons: Sequence[str] = (),
        photos: int | None = None,
        pin: bool = False,
        silent: bool | None = None,
    ) -> Shown:
        """The newest message of ours with all the words, its buttons, and what stands above it."""
        messages = await self.phone(who).messages()
        found = [m for m in messages if m.from_bot and all(word in m.text for word in words)]
        await self._insist(bool(found), who, step, f"no message with {' + '.join(words)}")
        shown = found[-1]
        missing = [b for b in buttons if not any(b in label for label in shown.labels)]
        await self._insist(not missing, who, step, f"no button {missing} on #{shown.id}")
        above = _above(messages, shown)
        count = sum(each.photo_count for each in above)
        pinned = any(each.is_location for each in above)
        await self._insist(photos in {None, count}, who, step, f"{count} photos, not {photos}")
        await self._insist(pinned or not pin, who, step, "no place on the map")
        await self._insist(silent in {None, shown.silent}, who, step, f"silent: {shown.silent}")
        captions = " ".join(each.text for each in reversed(above) if each.photo_count)
        beside = [f"照片 {count} 张：{captions}"] * bool(count) + ["地图定位"] * pinned
        self.script.screen(self._called(who), self.stage.now(), shown, beside)
        self.script.seen()
        return shown

    async def does_not_see(self, who: Townsman, *words: str, step: str) -> None:
        messages = await self.phone(who).messages()
        found = any(m.from_bot and all(word in m.text for word in words) for m in messages)
        await self._insist(not found, who, step, f"there is a message with {' + '.join(words)}")
        self.script.seen()

    async def finds(self, condition: bool, step: str, why: str) -> None:
        """Something that is not on one phone alone."""
        if not condition:
            raise StepFailedError(step, why, "")
        self.script.seen()

    # Behind the scene

    def phone(self, who: Townsman | str) -> Phone:
        return self.strangers[who] if isinstance(who, str) else self.phones[who]

    async def _acts(self, who: Townsman | str, words: str, act: Coroutine[Any, Any, T]) -> T:
        self.script.act(self._called(who), self.stage.now(), words)
        return await self._played(who, act, words)

    async def _played(self, who: Townsman | str, act: Coroutine[Any, Any, T], step: str) -> T:
        """What a person cannot do because it is not on the screen is a step not seen."""
        try:
            return await self.stage.play(act)
        except* AssertionError as missing:
            why = str(missing.exceptions[0]).splitlines()[0]
            raise StepFailedError(step, why, await self.phone(who).drawn()) from None

    async def _insist(self, so: bool, who: Townsman | str, step: str, why: str) -> None:
        if not so:
            raise StepFailedError(step, why, await self.phone(who).drawn())

    def _called(self, who: Townsman | str) -> str:
        return who if isinstance(who, str) else f"{who.name} {PARTS[who]}"


def _above(messages: Sequence[Shown], card: Shown) -> list[Shown]:
    """The pictures and pins that came with a card: those right above it."""
    before: list[Shown] = []
    for shown in reversed([m for m in messages if m.id < card.id]):
        if not shown.from_bot or not (shown.photo_count or shown.is_location):
            break
        before.append(shown)
    return before


def token_in(link: str) -> str:
    """The invitation inside a link."""
    found = INVITATION.search(link)
    return found.group(1) if found else ""
