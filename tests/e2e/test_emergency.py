"""A typhoon: a street or the district goes over to another profile and ladder, for some hours."""

import json
from datetime import timedelta
from typing import Final

from tests.cast import GAO, HE, LIN, MARIA, WANG, ZHENG, ZHOU
from tests.city import LiveCity
from tests.e2e.given import COVER, reported

REASON: Final = "台风橙色预警，湖滨低洼处已积水"
ASKED: Final = f"/emergency 台风 湖滨街道 12 {REASON}"
YUNTAI: Final = "云台镇"
HER_NAMESAKE: Final = "高 远"


async def asked(city: LiveCity, words: str = ASKED) -> None:
    """The administrator asks; the duty chief has the card."""
    await city[GAO].says(words)
    await city[GAO].presses("提交申请")
    await city[ZHENG].sees("申请应急：台风", "湖滨街道", REASON)


async def begun(city: LiveCity, words: str = ASKED) -> None:
    await asked(city, words)
    await city[ZHENG].presses("✅ 批准")


def deeds(city: LiveCity) -> list[str]:
    """What the journal says about emergencies, oldest first."""
    acts = "action LIKE '%_emergency'"
    return [row[0] for row in city.asks(f"SELECT action FROM journal WHERE {acts} ORDER BY seq")]


async def test_a_typhoon_from_the_first_word_to_its_end(full_city: LiveCity) -> None:
    city = full_city
    gao, zheng, wang, zhou = (city[n] for n in (GAO, ZHENG, WANG, ZHOU))
    before = await reported(city, COVER)
    loud = {each.name: await each.loud() for each in (wang, zhou, city[MARIA], city[LIN])}

    await gao.says("/emergency")
    await gao.sees("现在没有应急", "还没有过应急记录")
    await gao.presses("申请应急")
    await gao.presses("台风")
    await gao.presses("湖滨街道")
    await gao.presses("⏱ 12 小时")
    await gao.says(REASON)
    await gao.sees("将请 1 人批准")
    await gao.presses("提交申请")
    await gao.sees("申请应急：台风，湖滨街道，待批准", "待其中一人批准：郑海", "09:30 失效")
    assert (await city.case(before)).emergency is None

    await zheng.sees("申请应急：台风，湖滨街道", REASON, "高远", "12 小时")
    await zheng.presses("✅ 批准")
    await zheng.sees("应急：台风，湖滨街道，至 21:00", "郑海 09:00批准")
    await gao.sees("应急：台风，湖滨街道，至 21:00", "郑海 09:00批准")
    await wang.sees("应急：台风，湖滨街道，至 21:00", "先保人身安全", "系统自动办理：受理、立案")
    await city[MARIA].sees("Emergency: typhoon, 湖滨街道, until 21:00", "People's safety first")
    await city[MARIA].sees("By the system itself: accepted, filed, dispatched, confirmed")
    assert await wang.loud() == loud[WANG] + 1
    assert await city[LIN].loud() == loud[LIN] + 1
    assert await city[MARIA].loud() == loud[MARIA] + 1
    assert await zhou.loud() == loud[ZHOU]  # works in Yuntai

    during = await reported(city, "柳岸新村5号楼门口雨水井盖不见了")
    assert await city.deeds(during) == ["report", "accept", "file", "dispatch"]
    await wang.sees(f"#{during}", "应急：台风")
    case = await city.case(during)
    assert (case.profile, (await city.case(before)).profile) == ("lean", "full")
    assert case.filing is not None
    assert case.filing.night_push
    await city[HE].says(f"/why {during}")
    await city[HE].sees("应急：台风（第 1 号", "按配置 lean 办理")

    await city.at("20:59")
    await city.restart(down=timedelta(minutes=5))
    await wang.sees("应急已结束：台风", "21:00 到时自动结束，历时 12 小时")
    await gao.sees("应急已结束：台风")
    assert await wang.count("应急已结束") == 1
    after = await reported(city, "柳岸新村7号楼门口雨水井盖不见了")
    assert await city.deeds(after) == ["report"]
    assert (await city.case(after)).emergency is None
    kept = await city.case(during)
    assert kept.emergency is not None
    assert (kept.profile, kept.filing) == ("lean", case.filing)
    await gao.says("/emergency")
    await gao.sees("现在没有应急", "1. 台风，湖滨街道", "09:00 至 21:00", "高远", "郑海")
    assert deeds(city) == [
        "ask_emergency",
        "approve_emergency",
        "begin_emergency",
        "end_emergency",
    ]
    ended = "SELECT details FROM journal WHERE action = 'end_emergency'"
    assert json.loads(city.asks(ended)[0][0])["lasted_s"] == 12 * 3600
