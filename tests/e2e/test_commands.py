"""What everybody may ask, as far as their posts allow."""

from tests.cast import FENG, HE, LIN, MARIA, SHEN, WANG, ZHOU
from tests.city import LiveCity
from tests.e2e.given import reported, signed


async def test_help_speaks_of_ones_own_work(city: LiveCity) -> None:
    for name, words in (
        (LIN, "来电人"),
        (ZHOU, "签收 42"),
        (HE, "退回 42"),
        (FENG, "作废 42"),
    ):
        await city[name].says("/help")
        await city[name].sees("这样用", words)


async def test_start_again_shows_the_help(city: LiveCity) -> None:
    await city[ZHOU].starts()
    await city[ZHOU].sees(f"{ZHOU}，这样用")


async def test_tasks_lists_what_waits_and_opens_it(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await signed(city)
    await zhou.says("/tasks")
    await zhou.sees("您有 1 件待办", "1 垃圾站")
    await zhou.presses("🔎 #1")
    card = await zhou.newest()
    assert "#1" in card.text
    assert any("处置完成" in label for label in card.labels)


async def test_nothing_to_do_says_so(city: LiveCity) -> None:
    await city[WANG].says("/tasks")
    await city[WANG].sees("现在没有等您办的事")


async def test_a_case_can_be_opened_by_its_number(city: LiveCity) -> None:
    await reported(city)
    for words in ("/case 1", "/case #1"):
        await city[SHEN].says(words)
        shown = await city[SHEN].newest()
        assert "#1 垃圾站" in shown.text


async def test_somebody_elses_case_looks_like_none(city: LiveCity) -> None:
    wang = city[WANG]
    await reported(city)
    answers = []
    for number in (1, 77):
        for command in ("case", "why"):
            await wang.says(f"/{command} {number}")
            answers.append((await wang.newest()).text.replace(str(number), "N"))
    assert len(set(answers)) == 1
    assert "这里没有 N 号案件" in answers[0]


async def test_typed_acts_on_somebody_elses_case_reveal_nothing(city: LiveCity) -> None:
    wang = city[WANG]
    await reported(city)
    answers = []
    for number in (1, 77):
        await wang.says(f"签收 {number}")
        answers.append((await wang.newest()).text.replace(str(number), "N"))
    assert answers[0] == answers[1]


async def test_why_explains_class_limit_and_choice(city: LiveCity) -> None:
    await reported(city)
    await city[LIN].says("/why 1")
    await city[LIN].sees(
        "由热线进来", "立案条件", "4 个工作时", "按派单目录", f"👤 {ZHOU}", "15:00 到期"
    )


async def test_the_language_is_chosen_and_kept(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await zhou.says("/lang")
    await zhou.presses("English")
    await zhou.sees("We speak English to you from now on")
    await reported(city)
    await zhou.sees("New order: please sign for it.")
    await city.restart()
    await zhou.says("/tasks")
    await zhou.sees("1 case waits for you")
    await zhou.says("/lang zh")
    await zhou.sees("以后跟您说中文")


async def test_me_says_who_i_am_and_what_is_kept(city: LiveCity) -> None:
    await city[ZHOU].says("/me")
    await city[ZHOU].sees(f"🪪 {ZHOU}", "处置人员", "不记行动轨迹")


async def test_an_english_worker_reads_english(city: LiveCity) -> None:
    maria = city[MARIA]
    await city.dismiss(ZHOU)
    await reported(city)
    order = await maria.sees("New order: please sign for it.", "Overflowing bin")
    assert "✅ Sign for" in order.labels
    await maria.says("sign 1")
    await maria.says("done")
    await maria.sees("Please send the closing photos first: 0 of 2 are here.")


async def test_each_phone_hangs_up_the_commands_of_its_owner(city: LiveCity) -> None:
    newcomer = await city.joins("钱英", *(await city[LIN].person()).posts)
    commands = {each["command"] for each in (await newcomer.phone.state())["commands"]}
    assert {"tasks", "find", "case", "why", "help", "lang", "new", "orders"} <= commands
    assert "invite" not in commands
