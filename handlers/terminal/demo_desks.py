"""Cases of the demo that wait at the desks of the centre: taken, weighed, sent out."""

from typing import Final

from handlers.terminal.demo_photos import View
from handlers.terminal.demo_story import (
    Act,
    Ago,
    Story,
    accepted,
    because,
    sent,
    signed,
)
from handlers.terminal.demo_town import (
    COLLECTOR,
    DISPATCHER,
    LEAD,
    PARKS,
    REVIEWER,
    SWEEPER,
)
from workflows.cases.case import Action, Given
from workflows.ports import Caller
from workflows.requests.request import ReturnCode

A = Action

AT_THE_DESKS: Final = (
    Story(
        "laundry",
        Ago(9),
        "06007",
        "老街网格",
        "沿街绿化带的树上拉绳晾被子",
        caller=Caller("郝先生", "13900000051"),
    ),
    Story(
        "patrol",
        Ago(7),
        "06012",
        "西渡码头",
        "巡查发现码头通道散落垃圾",
        who=COLLECTOR,
        views=(View.LITTER,),
    ),
    Story(
        "smoke",
        Ago(23),
        "06027",
        "学府小区",
        "楼下饭馆油烟直排，开不了窗",
        caller=Caller("尹女士", "13900000052"),
        acts=(Act(5, REVIEWER, A.SEND_VERIFY, because("看排烟口朝向和有无净化装置")),),
    ),
    Story(
        "shop sign",
        Ago(17),
        "03007",
        "船厂路公交站",
        "店招下沿脱落，风一吹就晃",
        caller=Caller("毛先生", "13900000053"),
        acts=(accepted(4),),
    ),
    Story(
        "fence",
        Ago(15),
        "02017",
        "实验小学北门",
        "校门口护栏被撞歪，伸到车道里",
        caller=Caller("施女士", "13900000054"),
        acts=(accepted(), Act(6, REVIEWER, A.FILE)),
    ),
    Story(
        "handed back",
        Ago(119),
        "06017",
        "月湖公园南门",
        "公园门口花坛里都是塑料袋",
        acts=(
            sent(SWEEPER),
            signed(SWEEPER, contact=None),
            Act(
                50,
                SWEEPER,
                A.ASK_RETURN,
                Given(
                    code=ReturnCode.NOT_MY_DUTY,
                    proof="花坛在绿地红线内，归园林养护",
                    proposed=PARKS,
                ),
            ),
            Act(75, LEAD, A.ENDORSE),
            Act(110, DISPATCHER, A.GRANT),
        ),
    ),
)
