"""Names and words with markup, emoji and direction marks arrive readable and change nothing."""

import pytest

from tests.cast import GAO, HE, LIN, ZHOU
from tests.city import LiveCity
from tests.e2e.given import BIN, CLEAN, approves, called_back
from workflows.cases.case import State
from workflows.people import AgencyCode, AreaCode, Post, Role

ODD = "<b>&Zoe\u202e</b> 👩🏽‍🚒 \u2067مرحبا\u2069 {name} %s"
SEEN = "<b>&Zoe</b> 👩🏽‍🚒"
BIDI = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F)}


async def all_phones_are_clean(city: LiveCity) -> None:
    for resident in city.people.values():
        for shown in await resident.looks():
            if shown.from_bot:
                assert not BIDI & set(shown.text), (resident.name, shown.text)


async def test_odd_words_in_every_field_arrive_readable(city: LiveCity) -> None:
    lin, zhou, he = city[LIN], city[ZHOU], city[HE]
    await lin.says(f"{BIN} {ODD}")
    await lin.presses("📍 地点")
    await lin.says(f"茶山卫生院 {ODD}")
    await lin.presses("来电人")
    await lin.says(f"{ODD} 13912345678")
    await lin.presses("登记")
    await zhou.sees("新工单", SEEN)
    await zhou.says("签收")
    await zhou.says(f"已联系 {ODD}")
    await zhou.shows_album(CLEAN, caption=f"桶已清空 {ODD}")
    await zhou.says("完成")
    await he.sees("请看照片审核", SEEN)
    await he.says(f"退回 1 {ODD}")
    await zhou.sees("退回原因", SEEN)
    await zhou.shows_album(CLEAN)
    await zhou.says("完成")
    await approves(he)
    await lin.sees("请回访来电人", SEEN)
    await called_back(lin)
    await lin.sees("已结案", SEEN)
    await lin.says("/why 1")
    assert (await city.case(1)).state is State.CLOSED
    await all_phones_are_clean(city)


async def test_an_odd_name_is_shown_as_it_is_written(city: LiveCity) -> None:
    post = Post(Role.WORKER, AreaCode("319900002"), AgencyCode("SAN-01"))
    odd = await city.joins(ODD, post)
    await odd.sees("欢迎", SEEN)
    await odd.says("/me")
    await odd.sees("🪪", SEEN)
    await all_phones_are_clean(city)


async def test_a_forwarded_message_from_an_odd_name(city: LiveCity) -> None:
    await city[LIN].forwards(BIN, ODD)
    await city[LIN].sees("转发自", SEEN)
    await all_phones_are_clean(city)


@pytest.mark.parametrize(
    "words", ["/nonsense", "/case", "/case 9999999999999", "/why 签收", "/lang fr"]
)
async def test_a_command_that_makes_no_sense_gets_a_sentence(city: LiveCity, words: str) -> None:
    admin = city[GAO]
    before = len(await admin.looks())
    await admin.says(words)
    assert len(await admin.looks()) == before + 2
    assert (await admin.newest()).from_bot
