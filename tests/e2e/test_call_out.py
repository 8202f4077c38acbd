"""A supervisor calls everybody on duty, at any hour; who comes stands on one card."""

import json
from datetime import timedelta

from tests.cast import MARIA, SHEN, SUN, WANG, WU, ZHENG, ZHOU
from tests.city import LiveCity
from tests.e2e.test_buttons import data_of
from workflows.people import AreaCode, Post, Role

FLOOD = "/call 湖滨街道 处置人员 防汛 柳岸新村西侧积水，带抽水泵过来"
LAKESIDE = AreaCode("319900001")


async def lakesiders(city: LiveCity) -> None:
    """Two more who work by the lake."""
    posts = (await city[WANG].person()).posts
    await city.joins("李安", *posts)
    await city.joins("陈平", *posts)


async def called_out(city: LiveCity, words: str = FLOOD) -> None:
    await city[SHEN].says(words)
    await city[SHEN].sees("将立即呼叫", "柳岸新村西侧积水")
    await city[SHEN].presses("发出")


def deeds(city: LiveCity) -> list[str]:
    """What the journal says about call-outs, oldest first."""
    acts = "('call_out', 'reply_to_call', 'remind_called', 'close_call')"
    rows = city.asks(f"SELECT action FROM journal WHERE action IN {acts} ORDER BY seq")
    return [row[0] for row in rows]


async def test_at_two_in_the_morning_everybody_by_the_lake_is_called(city: LiveCity) -> None:
    await lakesiders(city)
    await city.at("02:00")
    shen, wang, li, chen, maria = (city[n] for n in (SHEN, WANG, "李安", "陈平", MARIA))
    loud = {each.name: await each.loud() for each in (shen, wang, li, chen, maria)}

    await shen.says("/call")
    await shen.presses("湖滨街道")
    await shen.presses("📍 湖滨街道")
    await shen.presses("处置人员")
    await shen.says("柳岸新村西侧积水，带抽水泵过来")
    await shen.presses("防汛防台")
    await shen.sees("将立即呼叫 4 人")
    await shen.presses("地点")
    await shen.says("柳岸新村3号楼")
    await shen.presses("发出")

    await wang.sees("防汛防台：柳岸新村西侧积水", "沈岚", "柳岸新村3号楼")
    assert await wang.loud() == loud[WANG] + 1
    answer = await wang.presses("✅ 来")
    assert "您已答复：来" in (answer.text or "")
    await li.presses("📍 在哪")
    await li.sees("请发位置")
    await li.says("西渡码头")
    await maria.says("can't come, abroad")
    await shen.sees(
        "呼叫 1：来 1 · 报位置 1 · 来不了 1 · 未答复 1", "王磊", "李安（西渡码头）", "陈平"
    )
    assert await shen.count("呼叫 1：") == 1  # one live card

    await city.restart()
    await city.fast_forward(minutes=5)
    await chen.sees("请答复", "柳岸新村西侧积水")
    assert await chen.loud() == loud["陈平"] + 2
    assert await wang.loud() == loud[WANG] + 1
    await chen.says("来 十分钟到")
    await shen.sees("来 2 · 报位置 1 · 来不了 1 · 未答复 0", "陈平（十分钟到）")
    await city.fast_forward(minutes=6)
    assert await chen.loud() == loud["陈平"] + 2
    await chen.presses("来不了")  # changed his mind while it is open
    await shen.sees("来 1 · 报位置 1 · 来不了 2 · 未答复 0")

    await city.fast_forward(minutes=14)
    await shen.presses("结束呼叫")
    await shen.sees("呼叫 1 已结束", "由沈岚结束", "历时 25 分钟", "近 7 天共呼叫 1 次")
    await wang.sees("呼叫已结束")
    assert await wang.labels("呼叫已结束") == []
    assert await shen.loud() == loud[SHEN]
    assert deeds(city) == [
        "call_out",
        "reply_to_call",
        "reply_to_call",
        "reply_to_call",
        "reply_to_call",
        "remind_called",
        "reply_to_call",
        "reply_to_call",
        "close_call",
    ]
    record = json.loads(city.asks("SELECT details FROM journal WHERE action = 'close_call'")[0][0])
    assert record["lasted_s"] == 25 * 60
    assert len(record["coming"]) == 1
    assert record["silent"] == []


async def test_whoever_stays_silent_is_reminded_twice_and_it_ends_by_itself(
    city: LiveCity,
) -> None:
    await called_out(city)
    wang, shen = city[WANG], city[SHEN]
    loud = await wang.loud()
    for _ in range(10):
        await city.fast_forward(minutes=1)
    assert await wang.loud() == loud + 2
    await shen.sees("未答复 2", "已提醒 2 次")
    await city.fast_forward(hours=4)
    assert await wang.loud() == loud + 2
    await shen.sees("呼叫 1 已结束", "自动结束")
    assert deeds(city)[-1] == "close_call"
    assert await wang.labels("呼叫已结束") == []


async def test_reminders_missed_while_the_product_was_down_come_once(city: LiveCity) -> None:
    await called_out(city)
    loud = await city[WANG].loud()
    await city.restart(down=timedelta(minutes=30))
    await city.fast_forward(minutes=1)
    assert await city[WANG].loud() == loud + 1
    assert deeds(city) == ["call_out", "remind_called"]


async def test_an_answer_after_the_end_is_told_who_ended_it_and_when(city: LiveCity) -> None:
    await called_out(city)
    wang = city[WANG]
    card = await wang.sees("柳岸新村西侧积水")
    coming = data_of(card, "✅ 来")
    await city[SHEN].presses("结束呼叫")
    answer = await wang.forges(coming, on=card)
    assert "由沈岚结束" in (answer.text or "")


async def test_where_nobody_is_on_duty_nobody_is_called(city: LiveCity) -> None:
    await city[ZHOU].blocks()
    await city[MARIA].blocks()
    shen = city[SHEN]
    await shen.says("/call 云台镇 处置人员 紧急 站前广场有人打架，去看一下")
    await shen.sees("这里现在没有人当班")
    assert "📣 发出" not in await shen.labels("没有人当班")
    await shen.says("发出")
    await shen.sees("云台镇 现在没有人当班")
    await shen.presses("放弃")
    await shen.sees("没有呼叫任何人")
    assert city.asks("SELECT count(*) FROM call_out") == [(0,)]


async def test_two_bosses_call_at_once_and_each_has_a_card_of_their_own(city: LiveCity) -> None:
    wang, shen, zheng = city[WANG], city[SHEN], city[ZHENG]
    await called_out(city)
    await zheng.says("/call 柳岸网格 紧急 全部 柳岸新村门口电线垂落，先拉警戒线")
    await zheng.presses("发出")
    first = await wang.sees("柳岸新村西侧积水")
    second = await wang.sees("电线垂落")
    await wang.presses("来不了", on=first)
    await wang.presses("✅ 来", on=second)
    await shen.sees("呼叫 1：", "来不了：王磊")
    await zheng.sees("呼叫 2：", "来：王磊")
    await shen.presses("结束呼叫")
    await zheng.sees("呼叫 2：")
    await wang.says("来不了 正在抢修")
    await zheng.sees("来不了：王磊（正在抢修）")
    await city[SUN].sees("电线垂落")


async def test_only_bosses_call_and_only_in_their_own_area(city: LiveCity) -> None:
    await city[WANG].says("/call 柳岸网格 紧急 大家快来")
    await city[WANG].sees("只有督查员或值守长可以一键呼叫")
    await city[WU].says("/call")
    await city[WU].sees("只有督查员或值守长可以一键呼叫")
    await city.joins("钱云", Post(Role.SUPERVISOR, LAKESIDE))
    qian = city["钱云"]
    await qian.says("/call 云台镇 紧急 全部 快来")
    await qian.sees("不在您的片区")
    await qian.says("/call")
    labels = await qian.labels("一键呼叫")
    assert any("柳岸网格" in label for label in labels)
    assert not any("茶山" in label or "云台" in label for label in labels)


async def test_a_call_without_a_sentence_is_asked_for_one(city: LiveCity) -> None:
    shen = city[SHEN]
    await shen.says("/call 湖滨街道 处置人员 防汛")
    await shen.sees("请用一句话说明")
    await shen.says("长" * 201)
    await shen.sees("201", "200")
    await shen.says("泵站门口集合")
    await shen.sees("将立即呼叫 2 人")
    await shen.says("发出")
    await city[WANG].sees("泵站门口集合")


async def test_another_reason_needs_words_of_its_own(city: LiveCity) -> None:
    shen = city[SHEN]
    await shen.says("/call 湖滨街道 全部 河面发现漂浮物，协助打捞")
    await shen.presses("其他事由")
    await shen.says("水面保洁支援")
    await shen.presses("发出")
    await city[WANG].sees("水面保洁支援：河面发现漂浮物")


async def test_a_location_is_kept_as_words_only(city: LiveCity) -> None:
    await called_out(city)
    wang = city[WANG]
    await wang.presses("📍 在哪")
    await wang.points(30.8055, 122.0085)
    await city[SHEN].sees("王磊（柳岸网格）")
    assert city.asks("SELECT words FROM call_out_person WHERE words <> ''") == [("柳岸网格",)]


async def test_the_duty_chief_reads_in_the_summary_who_calls_how_often(city: LiveCity) -> None:
    for _ in range(2):
        await called_out(city)
        await city[SHEN].presses("结束呼叫")
    await city[SHEN].sees("近 7 天共呼叫 2 次")
    await city.at("18:00")
    await city[ZHENG].sees("近 7 天一键呼叫：沈岚 2 次")
    await city[SHEN].sees_nothing_of("近 7 天一键呼叫")


async def test_whoever_reads_english_is_called_in_english(city: LiveCity) -> None:
    await called_out(city)
    maria = city[MARIA]
    await maria.sees("Flood, typhoon: 柳岸新村西侧积水")
    await maria.presses("Coming")
    await maria.sees("You answered: coming")


async def test_the_words_of_work_still_mean_work_while_a_call_is_open(city: LiveCity) -> None:
    await called_out(city)
    wang = city[WANG]
    await wang.presses("📍 在哪")
    await wang.says("签收")
    await wang.sees("没有能这样办的案件")
    await wang.says("船厂路公交站")
    await city[SHEN].sees("王磊（船厂路公交站）")
