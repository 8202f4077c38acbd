"""Cases of the demo that are over: closed in time or late, voided, rejected, merged."""

from typing import Final

from handlers.terminal.demo_photos import View
from handlers.terminal.demo_story import (
    Act,
    Ago,
    Back,
    Story,
    accepted,
    answered,
    because,
    handed_in,
    made_safe,
    sent,
    signed,
)
from handlers.terminal.demo_town import (
    CLEANER,
    COLLECTOR,
    DISPATCHER,
    DRAIN_WORKER,
    ENGLISH_CLEANER,
    GARDENER,
    LEAD,
    NEIGHBOUR_LEAD,
    REVIEWER,
    SHIFT_LEADER,
    SWEEPER,
)
from workflows.cases.case import Action, Given
from workflows.cases.check import Found
from workflows.cases.findings import Satisfaction
from workflows.ports import Caller

A = Action

ENDED_STORIES: Final = (
    Story(
        "emptied",
        Back(3, "08:40"),
        "06042",
        "桃园文化站",
        "文化站门口两只垃圾箱满溢，跳广场舞的人绕着走",
        caller=Caller("潘女士", "13900000041"),
        acts=(
            sent(CLEANER),
            signed(CLEANER),
            handed_in(
                CLEANER, 70, "两只箱已清空并冲洗，地面扫净", View.CLEAN_CORNER, View.CLEAN_CLOSE
            ),
            Act(80, LEAD, A.CONFIRM),
            answered(95, "文化站门口的两只垃圾箱已清空冲洗"),
        ),
    ),
    Story(
        "washed",
        Back(3, "09:35"),
        "06012",
        "船厂路公交站",
        "Oil and mud at the bus stop, people slip; seen on patrol",
        who=COLLECTOR,
        views=(View.MUD_ON_ROAD,),
        acts=(
            sent(ENGLISH_CLEANER),
            signed(ENGLISH_CLEANER, contact=None),
            handed_in(
                ENGLISH_CLEANER,
                50,
                "Degreased and washed; the stop is dry.",
                View.WASHED_ROAD,
                View.CLEAN_CLOSE,
            ),
            Act(58, LEAD, A.CONFIRM),
            Act(75, REVIEWER, A.CLOSE),
        ),
    ),
    Story(
        "blocked drain",
        Back(2, "08:25"),
        "X0503",
        "实验小学北门",
        "学校门口下水道堵了，污水漫到人行道，家长接送不便",
        caller=Caller("顾先生", "13900000042"),
        views=(View.FLOOD,),
        acts=(
            sent(DRAIN_WORKER),
            signed(DRAIN_WORKER),
            handed_in(
                DRAIN_WORKER, 80, "管道已疏通，排水顺畅", View.WASHED_ROAD, View.COVER_CLOSE
            ),
            Act(88, LEAD, A.CONFIRM),
            Act(100, REVIEWER, A.REWORK, because("人行道上还有污泥，请冲洗后重拍")),
            handed_in(DRAIN_WORKER, 150, "污泥已冲净", View.WASHED_ROAD, View.CLEAN_CLOSE),
            Act(155, LEAD, A.CONFIRM),
            answered(170, "下水道已疏通，人行道已冲洗干净，可以正常通行", Satisfaction.ACCEPTS),
        ),
    ),
    Story(
        "late cover",
        Back(2, "09:05"),
        "01003",
        "青石桥路120号",
        "雨水井盖碎了一角，骑车的人看不见",
        caller=Caller("严先生", "13900000043"),
        views=(View.OPEN_MANHOLE,),
        acts=(
            sent(DRAIN_WORKER),
            signed(DRAIN_WORKER),
            made_safe(DRAIN_WORKER, 40),
            handed_in(DRAIN_WORKER, 200, "新井盖已装好并固定", View.COVER_BACK, View.COVER_CLOSE),
            Act(206, LEAD, A.CONFIRM),
            answered(225, "破损的雨水井盖已换新并固定"),
            Act(
                Ago(72),
                LEAD,
                A.ASK_APPEAL,
                because("该型号井盖当日由供应商调货，11:40 才送到，现场一直有人看护"),
            ),
        ),
    ),
    Story(
        "late sweeping",
        Back(2, "08:10"),
        "06014",
        "站前广场",
        "渣土车一路漏泥，广场东侧车道又滑又脏",
        acts=(
            sent(SWEEPER),
            signed(SWEEPER, contact=None),
            handed_in(SWEEPER, 400, "泥土已清，路面已冲", View.WASHED_ROAD, View.CLEAN_CLOSE),
            Act(408, LEAD, A.CONFIRM),
            Act(430, REVIEWER, A.CLOSE),
            Act(Ago(88), LEAD, A.ASK_APPEAL, because("上午站前广场有封闭活动，洒水车进不去")),
            Act(Ago(51), DISPATCHER, A.ENDORSE),
        ),
    ),
    Story(
        "branch",
        Back(1, "08:35"),
        "04002",
        "月湖公园南门",
        "香樟树断了一根粗枝，挂在步道上方",
        caller=Caller("苏阿姨", "13900000044"),
        acts=(
            sent(GARDENER),
            signed(GARDENER),
            handed_in(
                GARDENER, 90, "断枝已锯下运走，切口已涂保护剂", View.WASHED_ROAD, View.CLEAN_CLOSE
            ),
            Act(97, NEIGHBOUR_LEAD, A.CONFIRM),
            answered(112, "挂在步道上方的断枝已锯下运走"),
        ),
    ),
    Story(
        "called off",
        Back(2, "10:20"),
        "06036",
        "柳岸新村3号楼",
        "楼道口堆着纸箱和旧木板",
        caller=Caller("汪女士", "13900000045"),
        acts=(
            accepted(),
            Act(6, REVIEWER, A.FILE),
            Act(14, SHIFT_LEADER, A.VOID, because("来电人说是自家搬家，东西已搬走")),
        ),
    ),
    Story(
        "contract",
        Back(1, "09:15"),
        "H0004",
        "学府小区",
        "装修公司收了定金不开工，要求退款",
        caller=Caller("邵先生", "13900000046"),
        acts=(Act(8, REVIEWER, A.REJECT, Given(ground="not_government")),),
    ),
    Story(
        "nothing there",
        Back(1, "10:05"),
        "06030",
        "西渡码头",
        "有人往河里倒污水",
        caller=Caller("倪女士", "13900000047"),
        acts=(
            Act(4, REVIEWER, A.SEND_VERIFY, because("看码头下水口有没有污水痕迹")),
            Act(22, COLLECTOR, views=(View.CLEAN_CLOSE,)),
            Act(
                24,
                COLLECTOR,
                A.VERIFY_DONE,
                Given(found=Found.NOT_RIGHT, note="下水口干净，没有污水"),
            ),
            Act(30, REVIEWER, A.REJECT, Given(ground="not_found")),
        ),
    ),
)
