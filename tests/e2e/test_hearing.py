"""What was written is understood: whose matter it is, and what people have taught the ear."""

from bot.simulator.phones import Shown
from tests.cast import FENG, HE, LIN, ZHOU
from tests.city import LiveCity, Resident

PENSION = "我母亲退休三年了，养老金一直没有到账，社保局说再等等，来电13812345678"
LIVE_SHOW = "老街有主播喊麦，直播到半夜"
LIVE_SHOW_AGAIN = "学府小区楼下又在直播"
NOISE = "噪声扰民"


async def corrects(lin: Resident, words: str, major: str, name: str) -> Shown:
    """Chooses a class by browsing, and sends the form."""
    await lin.says(words)
    await lin.presses("类别")
    await lin.presses(major)
    while name not in await lin.labels("新来件"):
        await lin.presses("›")
    await lin.presses(name)
    await lin.presses("登记")
    return await lin.sees("已登记")


async def taught(city: LiveCity) -> Resident:
    """The operator has said that a live show at night is noise."""
    lin = city[LIN]
    await corrects(lin, f"{LIVE_SHOW}，赵女士13812345678", "市容环境类", NOISE)
    return lin


async def test_a_question_about_a_pension_is_said_to_be_somebody_elses(city: LiveCity) -> None:
    lin = city[LIN]
    await lin.forwards(PENSION, "市民热线")
    form = await lin.sees("不属于网格受理范围：社会保险、养老金")
    assert "人力资源和社会保障部门" in form.text
    assert "12333" in form.text
    assert "养老金" in form.text.partition("🔎")[2]
    assert "📂" not in form.text
    assert not any("登记" in label for label in form.labels)


async def test_the_operator_may_go_on_with_it_all_the_same(city: LiveCity) -> None:
    lin = city[LIN]
    await corrects(lin, f"老街{PENSION}", "市容环境类", "暴露垃圾")
    assert (await city.case(1)).class_code == "06010"
    await lin.sees_nothing_of("受理单位")


async def test_a_correction_is_heard_the_next_time(city: LiveCity) -> None:
    lin = city[LIN]
    await lin.says(LIVE_SHOW_AGAIN)
    assert NOISE not in (await lin.newest()).text
    await lin.presses("放弃")
    await taught(city)
    await lin.says(LIVE_SHOW_AGAIN)
    form = await lin.sees("新来件", f"📂 {NOISE}")
    assert "直播" in form.text.partition("🔎")[2]


async def test_a_second_person_undoes_what_was_taught(city: LiveCity) -> None:
    lin, feng = await taught(city), city[FENG]
    await feng.says("/synonyms")
    await feng.sees(NOISE, "直播", LIN, "#1")
    await feng.presses("撤销 1")
    listed = await feng.sees(NOISE, f"{FENG}已撤销")
    assert listed.labels == []
    await lin.says(LIVE_SHOW_AGAIN)
    assert NOISE not in (await lin.newest()).text
    written = city.asks("SELECT action FROM journal WHERE action LIKE '%synonym' ORDER BY seq")
    assert written == [("teach_synonym",), ("undo_synonym",)]


async def test_the_teacher_cannot_undo_it_alone(city: LiveCity) -> None:
    lin = await taught(city)
    await lin.says("/synonyms")
    answer = await lin.presses("撤销 1")
    assert "您自己教的" in answer.text
    assert "须由别人撤销" in answer.text


async def test_the_second_to_undo_it_hears_who_was_first(city: LiveCity) -> None:
    await taught(city)
    feng, he = city[FENG], city[HE]
    await feng.says("/synonyms")
    await he.says("/synonyms")
    await feng.presses("撤销 1")
    answer = await he.presses("撤销 1")
    assert f"{FENG}已经撤销" in answer.text


async def test_a_worker_has_nothing_to_look_up_there(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await zhou.says("/synonyms")
    await zhou.sees_nothing_of("教过")


async def test_before_the_first_lesson_the_list_says_what_it_is_for(city: LiveCity) -> None:
    feng = city[FENG]
    await feng.says("/synonyms")
    await feng.sees("还没有教过任何词", "受理员改了")


async def test_no_name_number_or_place_is_ever_taught(city: LiveCity) -> None:
    await taught(city)
    feng = city[FENG]
    await feng.says("/synonyms")
    line = (await feng.sees(NOISE)).text.partition("←")[2].partition("·")[0]
    assert line.strip()
    for private in ("赵", "138", "老街"):
        assert private not in line


async def test_what_was_proposed_rightly_teaches_nothing(city: LiveCity) -> None:
    lin, feng = city[LIN], city[FENG]
    await lin.says("老街垃圾箱满溢，王女士13812345678")
    await lin.presses("登记")
    await feng.says("/synonyms")
    await feng.sees("还没有教过任何词")
