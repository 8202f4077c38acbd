"""What the operator does not take: handed over or turned away on the form, and kept on record."""

from handlers.terminal.demo_town import DISTRICT
from tests.cast import FENG, LIN, ZHOU
from tests.city import LiveCity
from tests.e2e.given import BIN, PHONE
from workflows.cases.case import State
from workflows.people import Post, Role

PENSION = f"我母亲退休三年了，养老金一直没有到账，社保局说再等等，来电{PHONE}"
FIRE = "茶山卫生院门口的垃圾箱着火了，火越来越大"


async def test_somebody_elses_matter_is_handed_over_with_one_tap(city: LiveCity) -> None:
    lin = city[LIN]
    await lin.forwards(PENSION, "市民热线")
    await lin.presses("➡️ 转交：人力资源和社会保障")
    await lin.sees("#1 未受理", "属于其他部门职责")
    await lin.sees("告知来电人", "人力资源和社会保障部门（12333）受理")
    case = await city.case(1)
    assert (case.state, case.ground) == (State.REJECTED, "other_body")
    assert case.order is not None
    assert "12333" in case.order.reply
    line = (await city.view(1)).journal[-1]
    assert (line.action, line.person_name) == ("turn_away", LIN)
    assert line.details["topic"] == "social_insurance"


async def test_an_emergency_stands_first_and_is_handed_over_with_one_tap(city: LiveCity) -> None:
    lin = city[LIN]
    await lin.says(FIRE)
    form = await lin.sees("像是紧急情况，应转119", "着火了")
    assert form.labels[0].startswith("🚨")
    await lin.presses("🚨 紧急，已转接119")
    await lin.sees("告知来电人", "已为您转接119")
    case = await city.case(1)
    assert (case.state, case.ground) == (State.REJECTED, "emergency")
    await city[ZHOU].sees_nothing_of("#1")


async def test_a_ground_is_chosen_and_the_sentence_said_as_proposed(city: LiveCity) -> None:
    lin = city[LIN]
    await lin.says(f"{BIN}，来电{PHONE}")
    await lin.presses("🚫 不予受理")
    assert "现场核实未发现问题" not in await lin.labels("新来件")
    await lin.presses("不属于政府职责")
    await lin.sees("将这样告知来电人", "建议通过市场或社会渠道解决")
    await lin.presses("就这样告知")
    await lin.sees("#1 未受理", "不属于政府职责")
    case = await city.case(1)
    assert (case.state, case.ground) == (State.REJECTED, "not_government")
    assert case.order is not None
    assert case.order.phone_hint == "139****0021"
    assert "139****0021" in (await lin.sees("请把下面的话告知来电人")).text


async def test_the_sentence_can_be_typed_anew_before_it_is_said(city: LiveCity) -> None:
    lin = city[LIN]
    await lin.says(f"{BIN}，来电{PHONE}")
    await lin.presses("🚫 不予受理")
    await lin.presses("已依法处理完毕")
    await lin.says("此事法院已判决，请按判决执行")
    await lin.sees("将这样告知来电人", "请按判决执行")
    assert await city.cases() == 0, "typing alone records nothing"
    await lin.presses("就这样告知")
    await lin.sees("告知来电人", "此事法院已判决，请按判决执行")
    assert (await city.case(1)).words.startswith("茶山卫生院"), "the sentence is not a complaint"


async def test_somebody_who_changes_their_mind_goes_back_and_registers(city: LiveCity) -> None:
    lin = city[LIN]
    await lin.says(f"{BIN}，来电{PHONE}")
    await lin.presses("🚫 不予受理")
    await lin.presses("违法或违背公序良俗")
    await lin.presses("返回")
    await lin.presses("登记")
    assert (await city.case(1)).state is State.PENDING_SIGN


async def test_a_form_that_was_turned_away_cannot_be_registered_as_well(city: LiveCity) -> None:
    lin = city[LIN]
    await lin.says(f"{FIRE}，来电{PHONE}")
    form = await lin.sees("像是紧急情况")
    await city.together(lin.phone.presses("🚨", form), lin.phone.presses("登记", form))
    assert await city.cases() == 1


async def test_what_was_turned_away_by_mistake_is_found_again(city: LiveCity) -> None:
    lin, feng = city[LIN], city[FENG]
    await lin.says(f"{BIN}，来电{PHONE}")
    await lin.presses("🚫 不予受理")
    await lin.presses("不属于政府职责")
    await lin.presses("就这样告知")
    await lin.says("/orders")
    await lin.sees("您登记的", "不予受理")
    await feng.says("/case 1")
    await feng.sees("#1", "不属于政府职责", LIN)


async def test_without_a_number_or_a_class_it_is_kept_all_the_same(city: LiveCity) -> None:
    lin = city[LIN]
    await lin.says("你们帮我把邻居赶走")
    await lin.presses("🚫 不予受理")
    await lin.presses("违法或违背公序良俗")
    await lin.presses("就这样告知")
    await lin.sees("#1", "未归类", "请依法表达诉求")


async def test_a_collector_has_no_such_button(city: LiveCity) -> None:

    tang = await city.joins("唐静", Post(Role.COLLECTOR, DISTRICT))
    await tang.says(FIRE)
    assert not any("不予受理" in label or "🚨" in label for label in await tang.labels("新来件"))


async def test_an_english_reader_is_told_the_same(city: LiveCity) -> None:
    lena = await city.joins("Lena", Post(Role.OPERATOR, DISTRICT), language="en")
    await lena.says(FIRE)
    await lena.sees("Sounds like an emergency for 119")
    await lena.presses("🚨 Emergency: hand over to 119")
    await lena.sees("#1 not taken · Emergency")
