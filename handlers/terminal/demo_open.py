"""Cases of the demo that are under way, with those at the desks one in every state of the law."""

from typing import Final

from handlers.terminal.demo_desks import AT_THE_DESKS
from handlers.terminal.demo_photos import View
from handlers.terminal.demo_story import (
    Act,
    Ago,
    Back,
    Story,
    approved,
    because,
    handed_in,
    made_safe,
    sent,
    signed,
)
from handlers.terminal.demo_town import (
    DISPATCHER,
    DRAIN_WORKER,
    GARDENER,
    LEAD,
    NEIGHBOUR_LEAD,
    OPERATOR,
    PARKS,
    REVIEWER,
    ROADMAN,
    ROADS,
    SHIFT_LEADER,
    SWEEPER,
)
from workflows.cases.case import Action, ContactResult, Given
from workflows.cases.findings import Satisfaction
from workflows.joint.part import WhistleKind
from workflows.ports import Caller
from workflows.requests.request import SuspensionGround

A = Action

WITH_WORKERS: Final = (
    Story(
        "lamp",
        Ago(36),
        "01037",
        "桃园里",
        "路灯杆被车蹭斜了，灯罩悬着",
        caller=Caller("夏先生", "13900000055"),
        acts=(sent(ROADMAN),),
    ),
    Story(
        "bench",
        Ago(49),
        "04007",
        "月湖公园南门",
        "长椅一头塌了，老人差点坐空",
        caller=Caller("樊阿姨", "13900000056"),
        acts=(sent(GARDENER),),
    ),
    Story(
        "bin",
        Ago(81),
        "03005",
        "茶山村",
        "村口垃圾箱箱门脱落",
        caller=Caller("Tom", "13900000057"),
        acts=(sent(SWEEPER), signed(SWEEPER)),
    ),
    Story(
        "pothole",
        Ago(103),
        "06013",
        "西渡村",
        "进村路上一个大坑，下雨看不见",
        caller=Caller("贺先生", "13900000058"),
        acts=(sent(ROADMAN), signed(ROADMAN, contact=ContactResult.NO_ANSWER)),
    ),
    Story(
        "toilet",
        Back(1, "14:15"),
        "03001",
        "老街菜场",
        "公厕洗手池坏了，地上一直湿",
        caller=Caller("方阿婆", "13900000059"),
        acts=(
            sent(SWEEPER),
            signed(SWEEPER),
            handed_in(SWEEPER, 120, "水池已修好", View.CLEAN_CORNER, View.CLEAN_CLOSE),
            Act(130, LEAD, A.CONFIRM),
            Act(Ago(96), REVIEWER, A.REWORK, because("看不出是哪个水池，请拍带门牌的远景")),
        ),
    ),
    Story(
        "redone",
        Back(1, "13:40"),
        "03001",
        "桃园文化站",
        "公厕一直没有水，冲不了",
        caller=Caller("欧阳女士", "13900000065"),
        acts=(
            sent(SWEEPER),
            signed(SWEEPER),
            handed_in(SWEEPER, 100, "水阀已换，出水正常", View.CLEAN_CORNER, View.CLEAN_CLOSE),
            Act(110, LEAD, A.CONFIRM),
            approved(125, "公厕水阀已更换，出水正常"),
            Act(
                Ago(105),
                OPERATOR,
                A.REDO,
                Given(
                    resolved=False,
                    satisfaction=Satisfaction.DISSATISFIED,
                    citizens_words="女厕第二间还是没有水",
                ),
            ),
        ),
    ),
    Story(
        "overdue",
        Back(1, "08:20"),
        "06010",
        "站前小区",
        "围墙外垃圾堆了一个星期，招苍蝇",
        caller=Caller("章女士", "13900000060"),
        views=(View.LITTER,),
        acts=(sent(SWEEPER), signed(SWEEPER)),
    ),
    Story(
        "again",
        Ago(62),
        "06010",
        "站前小区",
        "还是围墙外那堆垃圾，什么时候来清？",
        caller=Caller("蒋先生", "13900000061"),
        acts=(Act(4, REVIEWER, A.MERGE, master="overdue"),),
    ),
    Story(
        "flood",
        Ago(58),
        "X0506",
        "柳岸新村3号楼",
        "楼前积水没过脚踝，还在涨，车都熄火了",
        caller=Caller("陶女士", "13900000062"),
        views=(View.FLOOD,),
        acts=(
            sent(DRAIN_WORKER, 1),
            signed(DRAIN_WORKER, 10),
            made_safe(DRAIN_WORKER, 24),
            Act(
                33,
                LEAD,
                A.WHISTLE,
                Given(
                    whistle=WhistleKind.EMERGENCY,
                    partners=(ROADS, PARKS),
                    reason="请封住东侧车道，清掉堵在雨水口的树叶",
                ),
            ),
            Act(39, NEIGHBOUR_LEAD, A.RESPOND),
        ),
    ),
)
AFTER_THE_WORK: Final = (
    Story(
        "swept",
        Ago(112),
        "06042",
        "老街菜场",
        "菜场后门垃圾桶满出来了",
        acts=(
            sent(SWEEPER),
            signed(SWEEPER, contact=None),
            handed_in(SWEEPER, 92, "三只桶已清空", View.CLEAN_CORNER, View.CLEAN_CLOSE),
        ),
    ),
    Story(
        "cover",
        Ago(116),
        "01003",
        "柳岸新村3号楼",
        "雨水井盖翘起，电瓶车压过去哐哐响",
        caller=Caller("秦女士", "13900000063"),
        views=(View.OPEN_MANHOLE,),
        acts=(
            sent(DRAIN_WORKER, 1),
            signed(DRAIN_WORKER, 10),
            made_safe(DRAIN_WORKER, 30),
            handed_in(
                DRAIN_WORKER, 70, "井盖已调平固定，压过不响", View.COVER_BACK, View.COVER_CLOSE
            ),
            Act(82, LEAD, A.CONFIRM),
        ),
    ),
    Story(
        "call in vain",
        Ago(117),
        "06042",
        "学府小区",
        "小区西门垃圾桶满了三天",
        caller=Caller("Grace", "13900000066"),
        acts=(
            sent(SWEEPER),
            signed(SWEEPER),
            handed_in(SWEEPER, 58, "桶已清空，周边扫净", View.CLEAN_CORNER, View.CLEAN_CLOSE),
            Act(66, LEAD, A.CONFIRM),
            approved(84, "西门垃圾桶已清空，今后每天收两次"),
            Act(100, OPERATOR, A.CALLBACK_FAILED, Given(contact=ContactResult.NO_ANSWER)),
        ),
    ),
    Story(
        "inspected",
        Ago(118),
        "04008",
        "月湖公园南门",
        "草坪护栏倒了一排",
        acts=(
            sent(GARDENER),
            signed(GARDENER, contact=None),
            handed_in(GARDENER, 72, "护栏已扶正", View.WASHED_ROAD, View.CLEAN_CORNER),
            Act(80, NEIGHBOUR_LEAD, A.CONFIRM),
            Act(99, SHIFT_LEADER, A.SEND_INSPECT, because("看护栏是否全部扶正、有没有松动")),
        ),
    ),
    Story(
        "resurfacing",
        Back(3, "09:45"),
        "06013",
        "船厂里",
        "厂区门口路面整片龟裂，一到雨天就陷",
        caller=Caller("华先生", "13900000064"),
        acts=(
            sent(ROADMAN),
            signed(ROADMAN),
            Act(
                110,
                ROADMAN,
                A.ASK_SUSPENSION,
                Given(code=SuspensionGround.ENGINEERING, document="养护计划 第12号"),
                days=24,
            ),
            Act(125, NEIGHBOUR_LEAD, A.ENDORSE),
            Act(132, DISPATCHER, A.GRANT),
        ),
    ),
)
OPEN_STORIES: Final = (*AT_THE_DESKS, *WITH_WORKERS, *AFTER_THE_WORK)
