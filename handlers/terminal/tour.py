"""`run.py demo --tour`: the story of two days, played on the phones, as a transcript."""

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Final, TextIO
from zoneinfo import ZoneInfo

from handlers.terminal.answering import approve_and_call_back, call_back, judge
from handlers.terminal.demo import OpenDemo
from handlers.terminal.demo_photos import View, photo
from handlers.terminal.demo_town import (
    ADMIN,
    CLEANER,
    CLEANING,
    DRAIN_WORKER,
    ENGLISH_CLEANER,
    OPERATOR,
    PEOPLE,
    REVIEWER,
    SUPERVISOR,
    YUNTAI,
    Townsman,
    load_town,
)
from handlers.terminal.player import Player, token_in
from handlers.terminal.stage import DemoClock, Plan, Stage
from handlers.terminal.tour_of_delays import nobody_moves, step_in
from handlers.terminal.transcript import StepFailedError, Transcript
from workflows.people import SYSTEM

ZONE: Final = ZoneInfo("Asia/Shanghai")
BEGINS: Final = datetime(2026, 11, 24, 8, 50, tzinfo=ZONE)
"""A Tuesday on which people work."""


async def tour_command(open_demo: OpenDemo, out: TextIO) -> int:
    """0 if every step was seen on the phones, else 1 and the phone that should have shown it."""
    script = Transcript(out, ZONE)
    with tempfile.TemporaryDirectory(prefix="paidan-tour-") as folder:
        plan = Plan(Path(folder), 0, DemoClock(BEGINS, 0.0, lambda: 0.0))
        async with open_demo(plan) as stage:
            try:
                await tell(stage, script)
            except StepFailedError as no:
                script.failed(no)
                return 1
    script.ended()
    return 0


async def tell(stage: Stage, script: Transcript) -> None:
    """Every chapter in turn. Raises StepFailedError."""
    player = Player(stage, script)
    await load_town(stage.loader, stage.now())
    await let_in(player)
    await take_a_call(player)
    await make_it_safe(player)
    await finish_and_review(player)
    await by_words_alone(player)
    await nobody_moves(player)
    await step_in(player)
    warnings = await stage.warnings()
    await player.finds(not warnings, "every call to the messenger is well made", str(warnings))


async def let_in(play: Player) -> None:
    play.script.chapter("进来的人", "Who comes in", play.stage.now())
    for who in PEOPLE:
        if who not in {CLEANER, ENGLISH_CLEANER}:
            await invited(play, who)
    play.script.aside("the administrator lets one more person in, from the chat")
    await play.comes(CLEANER)
    await play.says(ADMIN, f"/invite {CLEANER.name} worker {YUNTAI} {CLEANING}")
    link = await play.sees(ADMIN, "周强", "start=", step="邀请链接")
    await play.starts(CLEANER, token_in(link.text))
    await play.sees(CLEANER, "欢迎", "周强", step="欢迎新同事")
    play.script.aside("somebody who reads English is spoken to in English from the start")
    await invited(play, ENGLISH_CLEANER)
    await play.sees(ENGLISH_CLEANER, "Welcome, Maria", step="English welcome")
    play.script.aside("a stranger finds the bot, and then tries the used invitation")
    await play.comes("路人")
    await play.says("路人", "你好，这里可以报修吗？")
    await play.sees("路人", "邀请", step="陌生人得到一句客气话")
    await play.starts("路人", token_in(link.text))
    await play.sees("路人", "用过", step="邀请只能用一次")
    play.script.aside("anybody may change the language at any time")
    await play.says(CLEANER, "/lang en")
    await play.sees(CLEANER, "We speak English to you from now on", step="换成英语")
    await play.says(CLEANER, "/lang zh")


async def invited(play: Player, who: Townsman) -> None:
    """The rest come in as colleagues did before the story begins: by `run.py invite`."""
    phone = await play.comes(who)
    token = await play.stage.flows.invite(SYSTEM, who.name, who.posts, who.language)
    await play.stage.play(phone.starts(token))


async def take_a_call(play: Player) -> None:
    await play.at("09:00")
    play.script.chapter("坐席登记来电", "The operator takes a call", play.stage.now())
    await play.says(OPERATOR, "/new")
    await play.sees(OPERATOR, "新来件", step="空白登记单")
    await play.says(
        OPERATOR, "青石桥路120号门口的雨水井盖不见了，行人差点掉下去。王女士 13900000017"
    )
    await play.sees(
        OPERATOR,
        "雨水井盖异常",
        "柳岸网格",
        "139****0017",
        step="听懂了类别、地点和来电人",
        buttons=["登记"],
    )
    await play.photographs(OPERATOR, photo(View.OPEN_MANHOLE))
    await play.sees(OPERATOR, "照片 1 张", step="来电人发来的照片", buttons=["登记"])
    play.script.aside("the product is stopped and started again: the draft is still there")
    await play.stage.restart()
    await play.presses(OPERATOR, "登记")
    await play.sees(OPERATOR, "已登记 #1", step="草稿经重启仍可登记")
    play.script.aside("the system files it, finds grid, agency and a worker on duty")
    await play.sees(
        DRAIN_WORKER,
        "#1 雨水井盖异常",
        "11:00 前",
        "青石桥路120号",
        "不见了",
        "围挡",
        step="工单卡片",
        buttons=["签收"],
        photos=1,
        pin=True,
        silent=False,
    )


async def make_it_safe(play: Player) -> None:
    await play.at("09:04")
    play.script.chapter("签收、联系、到场", "Signed, called, made safe", play.stage.now())
    await play.presses(DRAIN_WORKER, "签收", says="已签收 09:04", step="签收有回应")
    await play.sees(DRAIN_WORKER, "#1", step="签收后的卡片", buttons=["到达", "已联系"])
    await play.sees(OPERATOR, "#1", "王磊", step="坐席看到由谁处置")
    await play.presses(DRAIN_WORKER, "来电号码")
    await play.sees(DRAIN_WORKER, "什么原因", step="看号码要有理由")
    await play.presses(DRAIN_WORKER, "要联系来电人")
    await play.sees(DRAIN_WORKER, "13900000017", step="只给处置人员看的号码")
    await play.presses(DRAIN_WORKER, "已联系")
    await play.presses(DRAIN_WORKER, "联系上了")
    await play.sees(DRAIN_WORKER, "09:04 已联系上来电人", step="先行联系已记录")
    await play.at("09:25")
    play.script.aside("nothing is accepted without its proof")
    await play.presses(DRAIN_WORKER, "到达", says="围挡", step="没有照片不算到场")
    await play.photographs(DRAIN_WORKER, photo(View.MADE_SAFE))
    await play.presses(DRAIN_WORKER, "到达", says="已记到达 09:25", step="到场已记录")
    await play.sees(DRAIN_WORKER, "已收 0/2", step="下一步要什么照片", buttons=["处置完成"])


async def finish_and_review(play: Player) -> None:
    await play.at("09:58")
    play.script.chapter("处置、审核、返工、办结", "Done, sent back, done again", play.stage.now())
    await play.photographs(DRAIN_WORKER, photo(View.COVER_BACK), photo(View.COVER_CLOSE))
    await play.sees(DRAIN_WORKER, "已收 2/2", step="相册两张都收到")
    await play.photographs(DRAIN_WORKER, photo(View.COVER_CLOSE, take=2), as_file=True)
    await play.sees(DRAIN_WORKER, "已收 3/2", step="原图文件也算")
    await play.says(DRAIN_WORKER, "已换上新井盖并固定，路面平整，可以放心通行。")
    await play.sees(DRAIN_WORKER, "可以放心通行", step="说明写进卡片")
    await play.presses(DRAIN_WORKER, "处置完成", says="已提交 09:58", step="提交")
    await play.sees(
        REVIEWER,
        "#1 雨水井盖异常",
        "可以放心通行",
        step="审核看到处置前后",
        buttons=["通过", "退回"],
        photos=5,
    )
    await play.at("10:06")
    await play.presses(REVIEWER, "退回")
    await play.sees(REVIEWER, "什么原因", step="退回要说原因", buttons=["照片不清"])
    await play.says(REVIEWER, "近景看不清权属标识，请补拍一张。")
    await play.sees(DRAIN_WORKER, "被退回了", "看不清权属标识", step="带原因的返工", silent=False)
    await play.at("10:20")
    await play.photographs(
        DRAIN_WORKER, photo(View.COVER_BACK, take=3), photo(View.COVER_CLOSE, take=3)
    )
    await play.says(DRAIN_WORKER, "完成")
    await play.sees(REVIEWER, "#1", "可以放心通行", step="再次送审", buttons=["通过"], photos=4)
    await approve_and_call_back(play)
    await play.sees(DRAIN_WORKER, "#1", "已结案", step="处置人员看到结案")


async def by_words_alone(play: Player) -> None:
    await play.at("10:30")
    play.script.chapter("转发进来，打字办完", "Forwarded in, done in words", play.stage.now())
    await play.forwards(
        OPERATOR, "桃园文化站门口暴露垃圾好几天没人清，电话13900000035", "居民群 张阿姨"
    )
    await play.sees(
        OPERATOR,
        "居民群 张阿姨",
        "暴露垃圾",
        "桃园网格",
        "139****0035",
        step="听懂了转发的话",
        buttons=["登记"],
    )
    await play.presses(OPERATOR, "登记")
    await play.sees(OPERATOR, "已登记 #2", step="转发的话成了案件")
    await play.sees(CLEANER, "#2 暴露垃圾", "桃园文化站", step="工单卡片", pin=True)
    await play.says(CLEANER, "签收")
    await play.sees(CLEANER, "#2", step="打字签收", buttons=["已联系"])
    await play.says(CLEANER, "已联系，马上过去")
    await play.sees(CLEANER, "10:30 已联系上来电人", step="打字登记先行联系")
    await play.at("11:10")
    await play.photographs(CLEANER, photo(View.CLEAN_CORNER))
    await play.photographs(CLEANER, photo(View.CLEAN_CLOSE))
    await play.says(CLEANER, "完成，垃圾已清运，地面冲洗过了")
    await play.sees(REVIEWER, "#2 暴露垃圾", "地面冲洗过了", step="送审", photos=2)
    await play.says(REVIEWER, "通过 2")
    await judge(play)
    await play.sees(OPERATOR, "#2", "答复来电人", "地面冲洗过了", step="坐席拿到答复口径")
    await call_back(play)
    await play.at("18:01")
    await play.sees(SUPERVISOR, "办结 2 件", step="傍晚小结")
