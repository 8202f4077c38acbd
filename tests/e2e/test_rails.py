"""The messenger misbehaves, people block and edit, and nothing is lost or done twice."""

from tests.cast import HE, LIN, MARIA, SHEN, WANG, ZHENG, ZHOU
from tests.city import LiveCity
from tests.e2e.given import BIN, CLEAN, COVER, handed_in, reported, signed
from workflows.cases.case import Stage, State


async def test_what_is_owed_to_somebody_who_blocked_us_comes_when_they_are_back(
    city: LiveCity,
) -> None:
    lin = city[LIN]
    await handed_in(city)
    await lin.blocks()
    await city[HE].presses("结案")
    await lin.sees_nothing_of("已办结")
    await city.fast_forward(hours=5)
    await lin.unblocks()
    await lin.sees("已办结", "#1")


async def test_nobody_who_blocked_us_is_given_an_order(city: LiveCity) -> None:
    await city.dismiss(MARIA)
    await city[ZHOU].blocks()
    await reported(city)
    await city[ZHENG].sees("系统派不下去", "没有人当班")
    assert (await city.case(1)).assignee is None


async def test_a_worker_who_blocks_us_leaves_no_case_behind(city: LiveCity) -> None:
    await signed(city)
    await city[ZHOU].blocks()
    await city.fast_forward(minutes=1)
    await city[ZHENG].sees("系统派不下去", "#1")


async def test_a_block_that_is_found_out_by_sending_parks_as_well(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await city.town.faults("blocked", chat=zhou.phone.id)
    await reported(city)
    assert await zhou.count("新工单") == 0
    await zhou.says("/tasks")
    await zhou.sees("新工单", "#1")


async def test_a_chat_that_moved_is_followed_once(city: LiveCity) -> None:
    zhou = city[ZHOU]
    new = await city.newcomer("周强的新会话")
    await new.phone.starts()
    city.world.bot_of(city.settings.token).queue.clear()
    await city.town.faults("migrated", method="sendMessage", chat=zhou.phone.id, to=new.phone.id)
    await reported(city)
    await new.sees("新工单", "#1")
    await new.presses("签收")
    assert (await city.case(1)).state is State.HANDLING
    assert await zhou.count("新工单") == 0


async def test_an_edited_message_changes_nothing_and_says_so(city: LiveCity) -> None:
    lin = city[LIN]
    await reported(city)
    await lin.edits(BIN, "其实没事了")
    await lin.sees("改过的消息这里不作数")
    assert (await city.case(1)).words == BIN


async def test_a_note_follows_its_correction_until_it_is_handed_in(city: LiveCity) -> None:
    zhou = city[ZHOU]
    number = await signed(city)
    await zhou.says("已清运一半")
    await zhou.says("盖子坏了")
    await zhou.edits("已清运一半", "全清了")
    await zhou.sees_nothing_of("改过的消息这里不作数")
    assert (await city.case(number)).note == "全清了\n盖子坏了"
    await zhou.edits("全清了", "全清了，周边冲洗干净")
    assert (await city.case(number)).note == "全清了，周边冲洗干净\n盖子坏了"
    assert "已清运一半" in str(city.asks("SELECT details FROM journal"))
    await zhou.shows_album(CLEAN)
    await zhou.says("完成")
    await zhou.edits("盖子坏了", "盖子好了")
    await zhou.sees("改过的消息这里不作数")
    assert "盖子好了" not in str(city.asks("SELECT * FROM journal"))


async def test_a_chat_told_to_wait_waits_and_others_go_on(city: LiveCity) -> None:
    await city.town.faults("429", method="sendMessage", chat=city[ZHOU].phone.id, retry_after=40)
    begun = city.now()
    await reported(city)
    await city[LIN].sees("已登记")
    await city[ZHOU].sees("新工单", "#1")
    assert (city.now() - begun).total_seconds() >= 40
    refused = [call for call in await city.town.calls("sendMessage") if call["status"] == 429]
    assert len(refused) == 1
    assert await city[ZHOU].count("新工单") == 1


async def test_an_order_lost_in_a_gateway_goes_again_as_a_repeat(city: LiveCity) -> None:
    await city.town.faults("502", method="sendMessage", chat=city[ZHOU].phone.id)
    await reported(city)
    await city.fast_forward(seconds=35)
    await city[ZHOU].sees("重发 #1", "新工单")
    assert await city[ZHOU].count("新工单") == 1
    await city[ZHOU].presses("签收")


async def test_a_lost_answer_is_not_repeated(city: LiveCity) -> None:
    await city.town.faults("502", method="sendMessage", chat=city[ZHOU].phone.id)
    await city[ZHOU].says("/me")
    await city.fast_forward(minutes=10)
    assert await city[ZHOU].count("🪪") == 0
    await city[ZHOU].says("/me")
    assert await city[ZHOU].count("🪪") == 1


async def test_an_answer_whose_reply_cannot_be_read_is_not_sent_twice(city: LiveCity) -> None:
    await city.town.faults("unknown_reply_tag", method="sendMessage", chat=city[ZHOU].phone.id)
    await city[ZHOU].says("/me")
    await city.fast_forward(minutes=10)
    assert await city[ZHOU].count("🪪") == 1


async def test_an_order_whose_reply_cannot_be_read_is_never_more_than_repeated(
    city: LiveCity,
) -> None:
    zhou = city[ZHOU]
    await city.town.faults("unknown_reply_tag", method="sendMessage", chat=zhou.phone.id)
    await reported(city)
    await city.fast_forward(minutes=10)
    orders = [shown for shown in await zhou.looks() if "新工单" in shown.text]
    assert len(orders) <= 2
    assert all("重发" in shown.text for shown in orders[1:])
    await zhou.presses("签收", on=orders[0])
    assert (await city.deeds(1)).count("sign_for") == 1


async def test_an_update_that_comes_twice_counts_once(city: LiveCity) -> None:
    await reported(city)
    await city.town.faults("duplicate_update")
    await city[ZHOU].presses("签收")
    await city.town.faults("duplicate_update")
    await city[ZHOU].shows(CLEAN[0])
    assert (await city.deeds(1)).count("sign_for") == 1
    assert (await city.case(1)).photo_counts[Stage.AFTER] == 1


async def test_an_update_nobody_can_read_does_not_hide_its_neighbours(city: LiveCity) -> None:
    await reported(city)
    await city.town.faults("undecodable_update")
    await city[WANG].says("这一条坏了")
    await city[ZHOU].says("签收")
    assert (await city.case(1)).state is State.HANDLING
    assert city.asks("SELECT state FROM inbox WHERE state = 'poison'") == [("poison",)]


async def test_a_case_closed_meanwhile_takes_no_more_photos(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await handed_in(city)
    await city[HE].presses("结案")
    card = await zhou.sees("#1", "结案")
    await zhou.shows(CLEAN[0], reply_to=card)
    await zhou.sees("#1 已结案，您不用再办")
    await zhou.shows(CLEAN[1])
    await zhou.sees("没有能这样办的案件")
    assert (await city.case(1)).photo_counts[Stage.AFTER] == 2


async def test_a_second_instance_stands_by_without_a_conflict(city: LiveCity) -> None:
    await city[WANG].says("/me")
    second = LiveCity(city.settings, city.clock, city.world, city.town)
    await second.open()
    wait = await second._polling.turn()
    assert wait > 0
    await reported(city, COVER)
    assert [call for call in await city.town.calls("getUpdates") if call["status"] == 409] == []
    await second._life.aclose()
    await city[WANG].sees("新工单", "#1")


async def test_a_reassignment_while_the_worker_sends_photos_loses_none(city: LiveCity) -> None:
    await signed(city, COVER)
    chief = city[ZHENG]
    for _ in range(5):
        await city.fast_forward(minutes=30)
    await chief.sees("超时已久")
    await city.joins("李安", *(await city[WANG].person()).posts)
    await chief.presses("改派")
    label = next(each for each in await chief.labels("派给谁") if "李安" in each)
    await city.together(chief.phone.presses(label), city[WANG].phone.sends_photo(CLEAN[0]))
    case = await city.case(1)
    assert case.state is State.PENDING_SIGN
    shown = [photo for photo in (await city.view(1)).photos if photo.stage is Stage.INTERIM]
    told = await city[WANG].count("您手上没有能这样办的案件")
    assert len(shown) + told == 1


async def test_presses_made_during_an_outage_are_gone_but_words_are_not(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await reported(city)
    await zhou.phone.says("签收")
    await city.restart()
    assert (await city.case(1)).state is State.HANDLING
    await city[SHEN].sees_nothing_of("#1")
