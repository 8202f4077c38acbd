"""A messenger with WeCom's habits plays the main story: the port is honest."""

from datetime import datetime
from pathlib import Path

from handlers.terminal.demo_town import CLEANING, DISTRICT
from storage.stamping.copies import StampedCopies
from tests.cast import HE, LIN, MARIA, ZHOU
from tests.city import LiveCity, Model, open_live_city
from tests.e2e.given import BIN, CLEAN, PHONE, approves, called_back
from tests.wecom import Member, WeCom
from workflows.cases.case import State
from workflows.people import SYSTEM, Post, Role


class Colleague:
    """A member of the organisation whose acts are followed to their end."""

    def __init__(self, city: LiveCity, member: Member) -> None:
        self.city, self.member = city, member

    async def says(self, text: str) -> None:
        await self.member.says(text)
        await self.city.settle()

    async def shows(self, photo: bytes) -> None:
        await self.member.shows(photo)
        await self.city.settle()

    async def presses(self, label: str) -> None:
        await self.member.presses(label)
        await self.city.settle()

    def sees(self, words: str) -> None:
        assert any(words in bubble.text for bubble in self.member.screen), [
            bubble.text for bubble in self.member.screen
        ]


async def joins(city: LiveCity, wecom: WeCom, user: str, name: str, post: Post) -> Colleague:
    token = await city.product.flows.invite(SYSTEM, name, (post,), "zh")
    member = wecom.member(user, name)
    await member.joins(token)
    await city.settle()
    return Colleague(city, member)


async def test_the_main_story_on_another_messenger(model: Model, folder: Path) -> None:
    async def open_copy(sha256: str, stamp: tuple[str, ...]) -> bytes:
        return await StampedCopies(city.product.vault.served)(sha256, stamp)

    def now() -> datetime:
        return city.now()

    wecom = WeCom(now, open_copy, None)  # type: ignore[arg-type]  # the desk comes

    def readers(desk: object) -> dict[str, object]:
        wecom.door = desk  # type: ignore[assignment]
        return {}

    couriers = {"wecom": wecom}
    async with open_live_city(folder, model=model, couriers=couriers, readers=readers) as city:
        for name in (LIN, ZHOU, MARIA, HE):
            await city.dismiss(name)
        lin = await joins(city, wecom, "lin", "林芳", Post(Role.OPERATOR, DISTRICT))
        zhao = await joins(city, wecom, "zhao", "赵平", Post(Role.WORKER, DISTRICT, CLEANING))
        qian = await joins(city, wecom, "qian", "钱英", Post(Role.ACCEPTOR, DISTRICT))
        await lin.says(f"{BIN}，来电{PHONE}")
        await lin.presses("📨 登记")
        lin.sees("已登记")
        zhao.sees("新工单")
        await zhao.presses("✅ 签收")
        await zhao.says("已联系 下午到")
        for picture in CLEAN:
            await zhao.shows(picture)
        await zhao.says("完成 已清运，地面冲洗")
        assert sum(bool(bubble.photo) for bubble in qian.member.screen) == 2
        await approves(qian)
        lin.sees("已清运，地面冲洗")
        await called_back(lin)
        assert (await city.case(1)).state is State.CLOSED
        for member in wecom.members.values():
            assert all(len(bubble.text.encode()) <= 2048 for bubble in member.screen)
        await city.check()
