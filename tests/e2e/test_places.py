"""Where it is: a point, typed words, a landmark; and what becomes of a place nobody covers."""

from handlers.terminal.demo_town import CLEANING, DISTRICT, LANDMARKS
from tests.cast import GAO, LIN, MARIA, WANG, ZHENG, ZHOU
from tests.city import LiveCity
from tests.e2e.given import BIN, COVER, reported
from workflows.cases.case import State
from workflows.people import Post, Role

HOSPITAL = next(each.point for each in LANDMARKS if each.name == "茶山卫生院")


async def test_a_point_on_the_map_finds_the_grid(city: LiveCity) -> None:
    lin = city[LIN]
    await lin.says("垃圾箱满溢，没人收")
    await lin.points(HOSPITAL.latitude, HOSPITAL.longitude)
    await lin.sees("📍 云台镇茶山网格")
    await lin.presses("匿名")
    await lin.presses("登记")
    assert (await city.case(1)).place.area == "319900002-01"


async def test_typed_words_find_the_grid_by_its_names(city: LiveCity) -> None:
    lin = city[LIN]
    await lin.says("垃圾箱满溢，没人收")
    await lin.presses("📍 地点")
    await lin.says("桃园里12号旁边")
    await lin.sees("桃园里12号旁边（云台镇桃园网格）")


async def test_words_that_are_on_no_map_go_to_the_duty_chief(city: LiveCity) -> None:
    lin, chief = city[LIN], city[ZHENG]
    await lin.says("垃圾箱满溢，没人收")
    await lin.presses("📍 地点")
    await lin.says("外婆家门口")
    await lin.sees("地图上没找到")
    await lin.presses("匿名")
    await lin.presses("登记")
    await chief.sees("系统派不下去", "不在任何网格内", "外婆家门口")


async def test_a_point_outside_every_grid_is_dispatched_by_the_duty_chief(city: LiveCity) -> None:
    lin, chief = city[LIN], city[ZHENG]
    await lin.says("垃圾箱满溢，没人收")
    await lin.points(31.5, 121.0)
    await lin.sees("不在任何网格内，登记后由值守长定派")
    await lin.presses("匿名")
    await lin.presses("登记")
    assert (await city.case(1)).state is State.PENDING_DISPATCH
    await chief.sees("系统派不下去，请您定夺", "不在任何网格内")
    await chief.presses("派单")
    await chief.presses(ZHOU)
    await city[ZHOU].sees("新工单", "#1")
    case = await city.case(1)
    assert (case.state, case.agency, case.stuck) == (State.PENDING_SIGN, CLEANING, "")


async def test_nobody_on_duty_is_told_to_the_duty_chief(city: LiveCity) -> None:
    await city.dismiss(WANG)
    await reported(city, COVER)
    await city[ZHENG].sees("系统派不下去", "没有人当班")
    assert "派单" in " ".join(await city[ZHENG].labels("#1"))
    await city.joins("赵平", Post(Role.WORKER, DISTRICT, CLEANING))
    await city[ZHENG].presses("派单")
    await city[ZHENG].presses("赵平")
    await city["赵平"].sees("新工单", "#1")


async def test_without_a_duty_chief_it_goes_to_an_administrator(city: LiveCity) -> None:
    await city.dismiss(ZHENG)
    await city.dismiss(WANG)
    await reported(city, COVER)
    alert = await city[GAO].sees("系统派不下去", "没有人当班", "#1")
    assert "有人差点掉下去" not in alert.text


async def test_words_of_no_known_class_are_asked_about(city: LiveCity) -> None:
    lin = city[LIN]
    await lin.says("茶山卫生院那里有点奇怪")
    form = await lin.sees("还缺类别")
    assert "📨 登记" not in form.labels
    await lin.presses("类别")
    await lin.says("嗯嗯啊啊")
    await lin.sees("还缺类别")
    await lin.says("垃圾箱满溢")
    await lin.sees("📂 垃圾站（箱）满溢")
    await lin.presses("匿名")
    await lin.presses("登记")
    assert (await city.case(1)).state is State.PENDING_SIGN


async def test_the_worker_with_the_fewest_open_cases_gets_the_next(city: LiveCity) -> None:
    for _ in range(2):
        await reported(city, BIN)
    await city[ZHOU].sees("#1")
    await city[MARIA].sees("#2")
