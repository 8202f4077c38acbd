"""Cases of the demo on which somebody has asked for something and waits, one for each step."""

from typing import Final

from handlers.terminal.demo_story import Act, Ago, Back, Story, because, sent, signed
from handlers.terminal.demo_town import (
    DRAINAGE,
    GARDENER,
    NEIGHBOUR_LEAD,
    OPERATOR,
    ROADMAN,
    SWEEPER,
)
from workflows.cases.case import Action, Given
from workflows.people import AgencyCode
from workflows.ports import Caller
from workflows.requests.request import ReturnCode, SuspensionGround

A = Action

REQUEST_STORIES: Final = (
    Story(
        "return asked",
        Ago(77),
        "06019",
        "桃园里",
        "树上缠着旧横幅，垂到人头顶",
        caller=Caller("穆先生", "13900000071"),
        acts=(
            sent(GARDENER),
            signed(GARDENER),
            Act(
                45,
                GARDENER,
                A.ASK_RETURN,
                Given(
                    code=ReturnCode.NOT_MY_DUTY,
                    proof="横幅是商家挂的，归城管中队",
                    proposed=AgencyCode("ENF-01"),
                ),
            ),
        ),
    ),
    Story(
        "return endorsed",
        Ago(92),
        "06050",
        "茶山卫生院",
        "卫生院门口路缘石松了，轮椅上不去",
        acts=(
            sent(ROADMAN),
            signed(ROADMAN, contact=None),
            Act(
                40,
                ROADMAN,
                A.ASK_RETURN,
                Given(
                    code=ReturnCode.OWNERSHIP_UNCLEAR,
                    proof="松动处在雨水口边框上，权属图标为排水",
                    proposed=DRAINAGE,
                ),
            ),
            Act(62, NEIGHBOUR_LEAD, A.ENDORSE),
        ),
    ),
    Story(
        "extension asked",
        Back(1, "14:45"),
        "03001",
        "站前广场",
        "公厕第三间的门锁坏了",
        caller=Caller("葛先生", "13900000072"),
        acts=(
            sent(SWEEPER),
            signed(SWEEPER),
            Act(Ago(46), SWEEPER, A.ASK_EXTENSION, because("锁具要厂家定做，后天才到")),
        ),
    ),
    Story(
        "extension endorsed",
        Back(1, "15:05"),
        "02020",
        "实验小学北门",
        "斑马线前的挡车桩倒了两根",
        acts=(
            sent(ROADMAN),
            signed(ROADMAN, contact=None),
            Act(Ago(65), ROADMAN, A.ASK_EXTENSION, because("石墩要吊装，等夜间占道许可")),
            Act(Ago(31), NEIGHBOUR_LEAD, A.ENDORSE),
        ),
    ),
    Story(
        "suspension asked",
        Back(1, "15:30"),
        "06051",
        "青石桥路120号",
        "盲道断了十几米，被井圈隔开",
        caller=Caller("柴女士", "13900000073"),
        acts=(
            sent(ROADMAN),
            signed(ROADMAN),
            Act(
                Ago(56),
                ROADMAN,
                A.ASK_SUSPENSION,
                Given(code=SuspensionGround.ENGINEERING, document="随道路大修 施工许可 0318"),
                days=40,
            ),
        ),
    ),
    Story(
        "suspension endorsed",
        Back(1, "16:00"),
        "04013",
        "西渡村",
        "绿地黄土裸露，一刮风全是灰",
        acts=(
            sent(GARDENER),
            signed(GARDENER, contact=None),
            Act(
                Ago(86),
                GARDENER,
                A.ASK_SUSPENSION,
                Given(code=SuspensionGround.SEASON, document="补植计划：开春后铺草"),
                days=95,
            ),
            Act(Ago(34), NEIGHBOUR_LEAD, A.ENDORSE),
        ),
    ),
    Story(
        "void asked",
        Ago(67),
        "06018",
        "学府小区",
        "修剪下来的树枝堆在路边",
        caller=Caller("康阿姨", "13900000074"),
        acts=(
            sent(GARDENER),
            Act(42, OPERATOR, A.ASK_VOID, because("来电人说物业已经拉走了，不用再来")),
        ),
    ),
)
