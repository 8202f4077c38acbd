"""The main line of one case, told on the phones, one act at a time."""

import asyncio
import io
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from PIL import Image

from handlers.terminal.demo_town import DRAIN_WORKER as WORKER
from handlers.terminal.demo_town import OPERATOR, REVIEWER
from tests.faults.house import House

WORDS = "青石桥路120号门口雨水井盖不见了，有人差点掉下去，电话13812345678"
NOTE = "已更换新井盖，周边清理完毕"


def picture(colour: str, width: int = 504, height: int = 480) -> bytes:
    """Grain makes it as large as a real one, so that it comes in several pieces.

    In pixels it is too small to be searched enlarged, which takes a second for each picture.
    """
    out = io.BytesIO()
    grain = Image.effect_noise((width, height), 60).convert("RGB")
    Image.blend(grain, Image.new("RGB", (width, height), colour), 0.3).save(out, "JPEG")
    return out.getvalue()


DEEDS = (
    *("report", "accept", "file", "dispatch", "sign_for", "first_contact"),
    *("attach_photo", "photo_kept", "arrive", "attach_photo", "attach_photo"),
    *("photo_kept", "photo_kept", "add_note", "submit", "confirm", "approve", "callback_ok"),
)
"""What the journal says of the case when the story is over."""

BARRIER = picture("orange")
AFTER = [picture("green"), picture("blue")]
ALBUM = {"处置后": 2}
"""The reviewer gets two pictures with the same words, which is no repeat."""


@dataclass
class Story:
    """Who does what. Each act returns when the person has acted, not when it has had effect."""

    house: House

    def __post_init__(self) -> None:
        phones = self.house.phones
        self.operator = phones[OPERATOR.name]
        self.worker = phones[WORKER.name]
        self.reviewer = phones[REVIEWER.name]
        self.acts: dict[str, Callable[[], Awaitable[object]]] = {
            "the complaint": lambda: self.operator.says(WORDS),
            "the form": lambda: self.operator.presses("登记"),
            "the signature": lambda: self.worker.presses("签收"),
            "the call": lambda: self.worker.says("已联系"),
            "the barrier": lambda: self.worker.sends_file(BARRIER, "safe.jpg", "image/jpeg"),
            "the arrival": lambda: self.worker.presses("到达"),
            "the album": lambda: self.worker.sends_album(AFTER),
            "the note": lambda: self.worker.says(NOTE),
            "the submission": lambda: self.worker.says("完成"),
            "the review": lambda: self.reviewer.presses("通过"),
            "the fact": lambda: self.reviewer.presses("属实"),
            "the demand": lambda: self.reviewer.presses("合理合法"),
            "the outcome": lambda: self.reviewer.presses("实际解决"),
            "the condition": lambda: self.reviewer.presses("☑️"),
            "the approval": lambda: self.reviewer.presses("就这样答复"),
            "the callback": lambda: self.operator.presses("回访完成"),
            "the resolution": lambda: self.operator.presses("已解决"),
            "the rating": lambda: self.operator.presses("😀 满意"),
        }
        self._next = 0

    async def before(self, act: str) -> None:
        """Everything up to this act."""
        names = list(self.acts)
        for name in names[self._next : names.index(act)]:
            await self.does(name)

    async def to_its_end(self) -> None:
        for name in list(self.acts)[self._next :]:
            await self.does(name)

    async def does(self, act: str) -> None:
        """An act and all that follows from it."""
        await self.begin(act)
        await self.house.quiet()

    def after(self, act: str) -> None:
        """Go on behind an act that was done in another way."""
        self._next = list(self.acts).index(act) + 1

    async def was_told(self, *besides: str) -> None:
        """Every act is on record once, every picture as it was sent, and the caller's answer."""
        assert sorted(await self.house.deeds()) == sorted([*DEEDS, *besides])
        assert len(await self.house.photo_bytes()) == 3
        closed = [m.text for m in await self.operator.messages() if "已结案" in m.text]
        assert [NOTE in text for text in closed] == [True]

    def begin(self, act: str) -> "asyncio.Task[object]":
        """An act that may find nobody alive to answer it."""
        self._next = list(self.acts).index(act) + 1
        return asyncio.ensure_future(self.acts[act]())
