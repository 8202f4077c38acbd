"""A caller's number: a reason, one case, one minute, on record, and never for the accused."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cast import HE, LIN, WANG, ZHOU
from tests.city import LiveCity
from tests.e2e.given import BIN, CLEAN, PHONE, signed
from tests.planted import bytes_of
from workflows.people import Post, Role


async def test_a_number_is_shown_for_a_reason_and_for_a_minute(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await signed(city, phone=PHONE)
    await zhou.presses("来电号码")
    await zhou.sees("什么原因")
    await zhou.sees_nothing_of(PHONE)
    await zhou.presses("核实地点")
    await zhou.sees(f"📞 #1 {PHONE}", "一分钟后收起")
    await city.fast_forward(seconds=66)
    await zhou.sees("🔒 #1 号码已收起")
    await zhou.sees_nothing_of(PHONE)
    [look] = [line for line in (await city.view(1)).journal if line.action == "reveal_caller"]
    assert look.details["reason"] == "需向来电人核实具体位置。"


async def test_the_minute_ends_although_we_were_down_meanwhile(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await signed(city, phone=PHONE)
    await zhou.says("看号码 1 要核对门牌")
    await zhou.sees(f"📞 #1 {PHONE}")
    await city.restart(down=timedelta(minutes=10))
    await zhou.sees("🔒 #1 号码已收起")
    await zhou.sees_nothing_of(PHONE)


async def test_looking_again_and_again_is_told_to_the_auditor(city: LiveCity) -> None:
    lu = await city.joins("陆", Post(Role.AUDITOR, "310112"))
    zhou = city[ZHOU]
    await signed(city, phone=PHONE)
    for _ in range(4):
        await zhou.says("看号码 1 打不通再试")
    assert await lu.count("查看了 #1 的来电号码") == 0
    await zhou.says("看号码 1 打不通再试")
    told = await lu.sees(f"{ZHOU}查看了 #1 的来电号码", "同一号码今天已被多次查看", "打不通再试")
    assert PHONE not in told.text


async def test_a_day_allows_so_many_looks_and_no_more(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await signed(city, phone=PHONE)
    most = city.product.book.policy.hotline.looks.most
    for _ in range(most):
        await zhou.says("看号码 1 打不通再试")
    await city.fast_forward(minutes=2)
    await zhou.says("看号码 1 打不通再试")
    await zhou.sees(f"一天内您已查看 {most} 次号码", "请找同事帮忙")
    await zhou.sees_nothing_of(PHONE)
    await city.fast_forward(hours=24)
    await zhou.says("看号码 1 打不通再试")
    await zhou.sees(f"📞 #1 {PHONE}")


NAME = "上官婉清"
IDENTITY = "11010519491231002X"
PLANTED = (PHONE, NAME, IDENTITY, "6234 5678", "１３８１２３４５６７８", "13812345678", "302室")


def dump(city: LiveCity) -> str:
    """The database as it lies on the disk, its log included."""
    path = Path(city.settings.database.partition("///")[2])
    return "".join(bytes_of(file) for file in (path, *path.parent.glob(f"{path.name}-*")))


async def test_neither_database_nor_logs_hold_anything_of_a_caller(
    city: LiveCity, caplog: pytest.LogCaptureFixture
) -> None:
    """Every way in which a number can come: said, typed, forwarded, searched for, noted."""
    caplog.set_level(logging.INFO)
    lin, zhou, he = city[LIN], city[ZHOU], city[HE]
    await lin.says(f"{BIN}，{NAME}身份证{IDENTITY}，家里6234 5678，手机１３８１２３４５６７８")
    await lin.presses("来电人")
    await lin.says(f"{NAME} {PHONE} 虹梅路100弄5号302室")
    assert [each for each in PLANTED if each in dump(city)] == []
    await lin.presses("登记")
    await lin.says(f"/find {PHONE}")
    await lin.says(f"/find {IDENTITY}")
    await zhou.presses("签收")
    await zhou.says("看号码 1 核对门牌，也打过13812345678")
    await zhou.sees(f"📞 #1 {PHONE}", NAME, "302室")
    await zhou.says(f"已联系，{NAME}说另一个号码是13812345678")
    await zhou.shows_album(CLEAN)
    await zhou.says(f"完成 已清运，可拨打13812345678找{NAME}")
    await city.fast_forward(minutes=2)
    stranger = await city.newcomer("路人")
    await stranger.says(f"我是{NAME}，{PHONE}")
    await lin.forwards(f"{BIN}，请回电{PHONE}", "居民群")
    await he.says(f"打回 1 请再联系{NAME} {PHONE}")
    assert [each for each in PLANTED if each in dump(city)] == []
    told = "\n".join(record.getMessage() for record in caplog.records)
    assert [each for each in PLANTED if each in told] == []
    for name in (ZHOU, HE, WANG):
        await city[name].sees_nothing_of(PHONE)
    card = await zhou.sees("#1", "138****5678", "上***")
    assert "302室" not in card.text
    await zhou.says("看号码 1 再打一次")
    await zhou.sees(PHONE, NAME)


async def test_an_accused_agency_learns_nothing_of_the_caller(city: LiveCity) -> None:
    lin, zhou = city[LIN], city[ZHOU]
    await lin.says(f"{BIN}，环卫所态度差，{NAME}")
    await lin.presses("来电人")
    await lin.presses("对单位隐去")
    await lin.says(f"{NAME} {PHONE}")
    await lin.sees("139****0021 · 🔒")
    await lin.presses("登记")
    order = await zhou.sees("新工单", "#1", "不透露来电人")
    assert "139****0021" not in order.text
    await zhou.presses("签收")
    assert "📞 来电号码" not in (await zhou.newest()).labels
    await zhou.says("看号码 1 想联系")
    await zhou.sees("由热线联系来电人")
    await zhou.shows_album(CLEAN)
    await zhou.says("完成 已清运，周边冲洗干净")
    await city[HE].sees("#1")
    for each in (PHONE, NAME):
        await zhou.sees_nothing_of(each)
    await lin.says("看号码 1 回访")
    await lin.sees(f"📞 #1 {PHONE}", NAME)
