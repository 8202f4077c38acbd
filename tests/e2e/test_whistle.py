"""A lead whistles for other agencies: each answers in time, or somebody hears of it."""

from tests.cast import SUN, WANG, ZHENG
from tests.city import LiveCity
from tests.e2e.given import BARRIER, COVER, PHONE, REPAIRED, reported
from workflows.cases.case import State
from workflows.joint.part import PartEnd
from workflows.people import AgencyCode, AreaCode, Post, Role

DISTRICT = AreaCode("319900")
QIN, HAN = "秦朗", "韩雪"
"""They lead the road people and the power people."""


async def partners_move_in(city: LiveCity) -> None:
    await city.joins(QIN, Post(Role.AGENCY_LEAD, DISTRICT, AgencyCode("MUN-01")))
    await city.joins(HAN, Post(Role.AGENCY_LEAD, DISTRICT, AgencyCode("PWR-01")))


async def whistled(city: LiveCity, agency: str, kind: str = "应急处置") -> None:
    """孙丽 whistles on case 1."""
    sun = city[SUN]
    await sun.says("吹哨 1")
    await sun.presses(kind)
    await sun.presses(agency)
    await sun.says("路面塌陷，请到场围护")


async def nearly_done(city: LiveCity) -> None:
    """The cover is back in its place, and only the word is missing."""
    await reported(city, COVER, PHONE)
    wang = city[WANG]
    await wang.presses("签收")
    await wang.presses("已联系")
    await wang.presses("联系上了")
    await wang.shows(BARRIER, "到达")
    await wang.shows_album(REPAIRED)


async def test_two_agencies_are_whistled_for_and_one_of_them_is_late(city: LiveCity) -> None:
    await partners_move_in(city)
    await nearly_done(city)
    qin, han, sun, zheng = city[QIN], city[HAN], city[SUN], city[ZHENG]
    await whistled(city, "滨湖市政养护所")
    card = await qin.sees("有人吹哨", "#1", "路面塌陷")
    assert PHONE not in card.text
    assert not any("号码" in label for label in card.labels)
    await whistled(city, "滨湖供电所")
    await han.sees("有人吹哨", "#1", "路面塌陷")
    await qin.presses("响应")
    await sun.sees("协办单位：滨湖市政养护所", "应急处置")
    await sun.sees("协办单位已响应", "滨湖市政养护所：已响应", "滨湖供电所：待响应")

    await city.restart()
    await city.fast_forward(minutes=31)
    await han.sees("吹哨超时未响应", "#1")
    await zheng.sees("吹哨超时未响应", "#1")
    await qin.sees_nothing_of("吹哨超时未响应")

    await qin.presses("报结果")
    await qin.says("已围护，钢板铺好")
    await sun.sees("已报结果", "钢板铺好")
    await qin.says("/case 1")
    await qin.sees("这里没有 1 号案件")
    await han.says("办不了 1 现场没有电力设施")
    await sun.sees("办不了", "现场没有电力设施")

    case = await city.case(1)
    assert [part.end for part in case.parts] == [PartEnd.RESULT, PartEnd.CANNOT]
    deeds = await city.deeds(1)
    assert deeds.count("whistle") == 2
    assert [d for d in deeds if d in {"respond", "report_part", "decline_part"}] == [
        "respond",
        "report_part",
        "decline_part",
    ]
    await city[WANG].says("完成 已换新井盖")
    assert (await city.case(1)).state is not State.HANDLING


async def test_nothing_is_handed_in_while_a_part_is_open_unless_the_lead_says_why(
    city: LiveCity,
) -> None:
    await partners_move_in(city)
    await nearly_done(city)
    await whistled(city, "滨湖市政养护所")
    wang, sun = city[WANG], city[SUN]
    await wang.says("完成 已换新井盖")
    await wang.sees("还有协办单位没报结果")
    assert (await city.case(1)).state is State.HANDLING
    await sun.says("先行提交 1 我方井盖已复位，路面另案修复")
    await wang.sees("不用等协办单位了")
    await city[QIN].sees("不再等")
    await wang.says("完成 已换新井盖")
    assert (await city.case(1)).state is not State.HANDLING
    reasons = [
        line.details["reason"]
        for line in (await city.view(1)).journal
        if line.action == "go_on_alone"
    ]
    assert reasons == ["我方井盖已复位，路面另案修复"]


async def test_a_whistle_that_nobody_would_hear_is_refused_by_name(city: LiveCity) -> None:
    await nearly_done(city)
    await whistled(city, "滨湖供水营业所")
    await city[SUN].sees("滨湖供水营业所现在没有人当班")
    assert (await city.case(1)).parts == ()


async def test_an_agency_that_is_on_it_already_is_not_whistled_for_twice(city: LiveCity) -> None:
    await partners_move_in(city)
    await nearly_done(city)
    await whistled(city, "滨湖市政养护所")
    await city[SUN].says("吹哨 1")
    await city[SUN].presses("应急处置")
    labels = await city[SUN].labels("叫哪个单位")
    assert not any("市政养护所" in label or "排水所" in label for label in labels)


async def test_a_partner_answers_for_its_own_part_and_nothing_else(city: LiveCity) -> None:
    await partners_move_in(city)
    await nearly_done(city)
    await whistled(city, "滨湖市政养护所")
    await city[QIN].says("催办 1")
    await city[QIN].sees("这一步不归您办")
    await city[HAN].says("响应 1")
    await city[HAN].sees("这里没有 1 号案件")
    await city[QIN].says("/tasks")
    await city[QIN].sees("1 件待办")


async def test_a_case_that_others_work_on_is_not_handed_on_under_their_hands(
    city: LiveCity,
) -> None:
    await partners_move_in(city)
    await nearly_done(city)
    wang, sun = city[WANG], city[SUN]
    await wang.says("退单 1")
    await wang.presses("不属本单位职责")
    await wang.says("三定方案第4条")
    await wang.presses("不清楚")
    await sun.says("吹哨 1")
    await sun.sees("王磊", "退单", "审批后再吹哨")

    await wang.says("撤回 1")
    await whistled(city, "滨湖市政养护所")
    assert len((await city.case(1)).parts) == 1
    await wang.says("挂账 1")
    await wang.sees("还有协办单位没报结果")
