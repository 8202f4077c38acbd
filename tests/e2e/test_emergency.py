"""A typhoon: a street or the district goes over to another profile and ladder, for some hours."""

import json
from datetime import timedelta
from typing import Final

import pytest

from bot.cards.refusing import refusal
from handlers.terminal.demo_town import DISTRICT, LAKESIDE
from tests.cast import FENG, GAO, HE, LIN, MARIA, SHEN, SUN, WANG, ZHENG, ZHOU
from tests.city import LiveCity
from tests.e2e.given import BIN, COVER, reported, signed
from tests.e2e.test_buttons import data_of
from workflows.deadlines.clocks import ClockKind
from workflows.emergency.under import EmergencyId
from workflows.people import Actor, AreaCode, Post, Role
from workflows.refusals import Refused

REASON: Final = "台风橙色预警，湖滨低洼处已积水"
ASKED: Final = f"/emergency 台风 湖滨街道 12 {REASON}"
HER_NAMESAKE: Final = "高 远"


async def asked(city: LiveCity, words: str = ASKED) -> None:
    """The administrator asks; the duty chief has the card."""
    await city[GAO].says(words)
    await city[GAO].presses("提交申请")
    await city[ZHENG].sees("申请应急：", words.rsplit(maxsplit=1)[-1])


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


async def test_in_english_with_the_second_administrator_and_an_early_end(city: LiveCity) -> None:
    clark = await city.joins("Clark", Post(Role.ADMIN, DISTRICT), language="en")
    gao, zheng = city[GAO], city[ZHENG]
    await clark.says("/emergency typhoon 319900 24 The typhoon lands tonight")
    await clark.sees("This asks 2 people to approve it", "district 319900", "24 hours")
    await clark.presses("Ask now")
    await clark.sees("Emergency? typhoon, district 319900: please approve", "Waits for one of")
    assert await clark.labels("please approve") == ["↩️ Withdraw"]
    await gao.sees("申请应急：台风，全区（319900）", "Clark")
    await zheng.sees("申请应急：台风，全区（319900）", "Clark")

    stale = await zheng.sees("申请应急")
    await gao.presses("✅ 批准")
    answer = await zheng.forges(data_of(stale, "批准"), stale)
    assert "高远已批准（09:00）" in (answer.text or "")
    await clark.sees("Emergency: typhoon, district 319900, until tomorrow 09:00", "approved it")
    await city[MARIA].sees("Emergency: typhoon, district 319900, until tomorrow 09:00")
    number = await reported(city)
    await city[MARIA].says(f"/case {number}")

    await city.at("18:00")
    await city[SHEN].sees("📊", "应急：台风，全区（319900），至 明天 09:00")
    await clark.says("/emergency")
    await clark.sees("1 emergency in force", "1. typhoon, district 319900", "Clark 09:00")
    await gao.presses("结束应急")
    end = await gao.sees("应急：台风，全区（319900），至")
    await clark.presses("🔎 1")
    await clark.presses("End it")
    await clark.presses("Go on")
    await clark.presses("End it")
    await clark.presses("End it now")
    await clark.sees("Emergency over: typhoon", "Clark ended it 18:00, after 9 h")
    await zheng.sees("应急已结束：台风，全区（319900）", "Clark 18:00结束")
    refused = await gao.forges(data_of(end, "确认结束"), end)
    assert "18:00 已由Clark结束" in (refused.text or "")
    await city[MARIA].sees("Emergency over: typhoon")
    assert deeds(city)[-1] == "end_emergency"


async def test_nobody_answers_and_it_lapses(city: LiveCity) -> None:
    await asked(city)
    loud = await city[GAO].loud()
    card = await city[ZHENG].sees("申请应急：台风")
    await city.restart(down=timedelta(minutes=29))
    await city[GAO].sees("申请应急：台风，湖滨街道，待批准")
    await city.fast_forward(minutes=2)
    await city[GAO].sees("无人批准，已失效", "到 09:30 无人批准")
    assert await city[GAO].loud() == loud + 1
    assert await city[ZHENG].labels("已失效") == []
    assert deeds(city) == ["ask_emergency", "lapse_emergency"]
    assert card.labels == ["✅ 批准", "🚫 不批准"]
    await begun(city)  # asked anew
    await city[WANG].sees("应急：台风，湖滨街道")


async def test_it_is_refused_or_withdrawn_and_nothing_begins(city: LiveCity) -> None:
    await asked(city)
    await city[ZHENG].presses("不批准")
    await city[GAO].sees("应急未获批准：台风，湖滨街道", "郑海 09:00不批准")
    await asked(city)
    await city[GAO].presses("撤回")
    await city[ZHENG].sees("应急申请已撤回", "高远 09:00撤回")
    await city[WANG].sees_nothing_of("应急")
    assert deeds(city) == [
        "ask_emergency",
        "refuse_emergency",
        "ask_emergency",
        "withdraw_emergency",
    ]
    await city[GAO].says("/emergency")
    await city[GAO].sees("现在没有应急", "郑海 09:00不批准", "高远 09:00撤回")


async def test_longer_takes_a_new_approval_and_never_goes_beyond_the_most(
    city: LiveCity,
) -> None:
    await begun(city, f"/emergency 台风 湖滨街道 70 {REASON}")
    gao, zheng = city[GAO], city[ZHENG]
    await gao.presses("延长")
    await gao.sees("申请延长应急 1", "最多 2")
    await gao.says("3")
    await gao.sees("3 小时太长，现在最多 2 小时")
    await gao.presses("放弃")
    await city.fast_forward(hours=60)
    await gao.says("/emergency")
    await gao.presses("🔎 1")
    await gao.presses("延长")
    await gao.says("20小时")
    await gao.says("第二个台风跟着来了")
    await gao.presses("提交申请")
    await zheng.sees("申请延长应急：台风，湖滨街道，待批准", "第二个台风")
    loud = await city[WANG].loud()
    await zheng.presses("✅ 批准", on=await zheng.sees("申请延长应急"))
    await city[WANG].sees("应急：台风，湖滨街道，至 11月27日 03:00")
    assert await city[WANG].loud() == loud  # told without a sound
    await city.fast_forward(hours=29)
    await city[WANG].sees_nothing_of("应急已结束")
    await city.fast_forward(hours=1)
    await city[WANG].sees("应急已结束：台风", "历时 3 天 18 小时")
    assert deeds(city)[3:] == [
        "ask_emergency",
        "approve_emergency",
        "extend_emergency",
        "end_emergency",
    ]


async def test_a_request_for_more_time_lapses_with_what_it_would_have_made_longer(
    city: LiveCity,
) -> None:
    await begun(city)
    gao, zheng = city[GAO], city[ZHENG]
    await gao.presses("延长")
    await gao.says("6")
    await gao.says("雨还没停")
    await gao.presses("提交申请")
    request = await zheng.sees("申请延长应急")
    await zheng.presses("结束应急")
    await zheng.presses("确认结束")
    await gao.sees("无人批准，已失效")
    refused = await zheng.forges(data_of(request, "批准"), request)
    assert "无人批准，已失效" in (refused.text or "")


async def test_the_street_goes_by_its_own_mode_inside_the_districts(city: LiveCity) -> None:
    await begun(city, "/emergency 防汛 319900 10 全区暴雨红色预警")
    await begun(city, ASKED)
    by_the_lake, in_yuntai = await reported(city, COVER), await reported(city, BIN)
    lake, yuntai = await city.case(by_the_lake), await city.case(in_yuntai)
    assert lake.emergency is not None
    assert yuntai.emergency is not None
    assert (lake.emergency.zh, yuntai.emergency.zh) == ("台风", "防汛")
    await city[WANG].sees(f"#{by_the_lake}", "🌀 应急：台风")
    await city[ZHOU].sees(f"#{in_yuntai}", "🌀 应急：防汛")
    await city.fast_forward(hours=11)
    assert (await city.case(in_yuntai)).emergency == yuntai.emergency
    later = await reported(city, BIN)
    assert (await city.case(later)).emergency is None
    await city[GAO].says("/emergency")
    await city[GAO].sees("应急中：1 项", "2. 台风", "1. 防汛")


async def test_late_work_climbs_the_ladder_of_the_storm_even_at_night(city: LiveCity) -> None:
    """An ordinary case would wait a day until the duty chief hears of it, and for the morning."""
    await begun(city, f"/emergency 台风 云台镇 72 {REASON}")
    await city.at("11:10")
    number = await signed(city, BIN)
    clock = (await city.case(number)).clock(ClockKind.DISPOSAL)
    assert clock is not None
    assert clock.due_at is not None
    past_due = clock.due_at + timedelta(hours=4) - city.now()
    await city.fast_forward(seconds=past_due.total_seconds() - 60)
    await city[ZHENG].sees_nothing_of(f"#{number}")
    loud = await city[ZHENG].loud()
    await city.fast_forward(minutes=2)
    local = city.now() + timedelta(hours=8)
    assert f"{local:%H:%M}" == "21:11"
    await city[ZHENG].sees(f"#{number}", "🌀 应急：台风")
    assert await city[ZHENG].loud() == loud + 1


async def test_who_may_not_ask_or_approve(city: LiveCity) -> None:
    wang, sun, zheng, gao = (city[n] for n in (WANG, SUN, ZHENG, GAO))
    await wang.says(ASKED)
    await wang.sees("应急只能由管理员申请")
    await zheng.says(ASKED)
    await zheng.sees("应急只能由管理员申请")
    await sun.says("/emergency")
    await sun.sees("现在没有应急")
    assert await sun.labels("现在没有应急") == []
    yuntai = await city.joins("丁洁", Post(Role.ADMIN, AreaCode("319900002")))
    await yuntai.says(ASKED)
    await yuntai.sees(f"{LAKESIDE} 不在您的辖区")

    namesake = await city.joins(HER_NAMESAKE, Post(Role.ADMIN, AreaCode("")))
    street_chief = await city.joins("陆平", Post(Role.DUTY_CHIEF, LAKESIDE))
    await asked(city)
    await gao.sees("待其中一人批准：郑海；")
    await namesake.sees_nothing_of("申请应急")
    await street_chief.sees_nothing_of("申请应急")
    number = (await gao.person()).id
    for other, words in ((namesake, "这是高远申请的"), (street_chief, "应急只能由管理员申请")):
        await other.says("/emergency")
        await other.presses("🔎 1")
        assert await other.labels("申请应急：台风") == []
        await _approves_by_force(city, other.name, words)
    assert (await city[GAO].person()).id == number
    await _approves_by_force(city, GAO, "这是高远申请的")
    assert deeds(city) == ["ask_emergency"]


async def test_what_cannot_be_asked(city: LiveCity) -> None:
    gao = city[GAO]
    await gao.says("/emergency 台风 湖滨街道 100 台风来了")
    await gao.sees("100 小时太长，现在最多 72 小时")
    await gao.says("/emergency 台风 310112999 12 台风来了")
    await gao.sees("没有代码为 310112999 的街镇或区")
    await gao.says("/emergency")
    await gao.presses("申请应急")
    await gao.presses("🌀 台风")
    await gao.presses("全区")
    await gao.says("几个小时吧")
    await gao.sees("请输入整数小时")
    await gao.presses("⏱ 72 小时")
    await gao.says("长" * 201)
    await gao.sees("201")
    await gao.says("台风今晚登陆")
    await gao.presses("放弃")
    await gao.sees("已放弃，没有提交申请")
    assert deeds(city) == []

    await asked(city)
    await gao.says(ASKED)
    refused = await gao.presses("提交申请")
    assert "高远已为那里申请应急（09:00）" in (refused.text or "")
    await city[ZHENG].presses("✅ 批准")
    refused = await gao.presses("提交申请")
    assert "那里 09:00 起已在应急，由高远申请" in (refused.text or "")


async def test_with_nobody_on_duty_to_approve_it_is_not_asked(city: LiveCity) -> None:
    await city.dismiss(ZHENG)
    await city[GAO].says(ASKED)
    await city[GAO].sees("现在没有能批准的人当班")
    await city[GAO].says("提交")
    await city[GAO].sees("当班人员中没有人能批准")
    assert deeds(city) == []


async def test_what_was_reported_before_and_is_filed_meanwhile(full_city: LiveCity) -> None:
    """It goes on step by step as it came in, and climbs the ladder it was filed with."""
    city = full_city
    number = await reported(city, COVER)
    await begun(city)
    await city[HE].says(f"受理 {number}")
    await city[FENG].says(f"立案 {number}")
    await city[FENG].presses("第1条")
    case = await city.case(number)
    assert case.profile == "full"
    assert case.emergency is not None
    assert case.filing is not None
    assert case.filing.night_push


async def _approves_by_force(city: LiveCity, name: str, words: str) -> None:
    """What no button offers is refused all the same."""
    flows, person = city.product.flows, await city[name].person()
    number = EmergencyId(1)
    with pytest.raises(Refused) as no:
        await flows.decide_emergency.approve(Actor(person), number)
    tongue = city.product.room.tongue(person)
    assert words in refusal(no.value, tongue, city.product.book, city.now())
