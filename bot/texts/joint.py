"""Joint work: whistles and parts; call-outs with their reasons, answers and questions."""

from typing import Final

from bot.i18n import N_
from workflows.joint.call_form import EVERYBODY, CallField
from workflows.joint.call_out import Ground, Reply
from workflows.joint.part import PartEnd, WhistleKind
from workflows.people import Role

WHISTLES: Final[dict[WhistleKind, str]] = {
    WhistleKind.EMERGENCY: N_("🚨 Emergency aid"),
    WhistleKind.ENFORCEMENT: N_("⚖️ Joint action"),
    WhistleKind.PROMINENT: N_("📌 Hard matter"),
}
"""The three situations in which one may whistle (domain.md 2.4)."""

PART_ENDS: Final[dict[PartEnd, str]] = {
    PartEnd.RESULT: N_("🤝 {agency}: done {time}: {report}"),
    PartEnd.CANNOT: N_("🤝 {agency}: cannot do it ({time}): {report}"),
    PartEnd.EXCUSED: N_("🤝 {agency}: no longer awaited ({time}): {report}"),
}

GROUNDS: Final[dict[Ground, str]] = {
    Ground.EMERGENCY: N_("🚨 Emergency"),
    Ground.FLOOD: N_("🌊 Flood, typhoon"),
    Ground.CROWD: N_("👥 Crowd"),
    Ground.DRILL: N_("🎽 Drill"),
    Ground.OTHER: N_("❔ Other reason"),
}
"""Why people are called; on the button and at the head of the card."""

REPLIES: Final[dict[Reply, str]] = {
    Reply.COMING: N_("✅ Coming"),
    Reply.CANNOT: N_("🙅 Can't come"),
    Reply.WHERE: N_("📍 I am at…"),
}
"""The buttons of whoever is called."""

TALLIED: Final[dict[Reply | None, str]] = {
    Reply.COMING: N_("✅ Coming: {names}"),
    Reply.WHERE: N_("📍 Said where they are: {names}"),
    Reply.CANNOT: N_("🙅 Can't come: {names}"),
    None: N_("⏳ Silent: {names}"),
}
"""In the order in which the caller needs them."""

ANSWERED_CALL: Final[dict[Reply, str]] = {
    Reply.COMING: N_("You answered: coming ({time})"),
    Reply.CANNOT: N_("You answered: can't come ({time})"),
    Reply.WHERE: N_("You answered where you are ({time})"),
}

WHOM: Final[dict[str, str]] = {
    EVERYBODY: N_("👥 All on duty"),
    Role.WORKER: N_("👷 Workers"),
    Role.COLLECTOR: N_("🔍 Inspectors"),
    Role.AGENCY_LEAD: N_("🏢 Agency leads"),
    Role.DISPATCH_OFFICER: N_("📮 Dispatchers"),
    Role.ACCEPTOR: N_("🗂 Accept. desk"),
    Role.OPERATOR: N_("☎️ Operators"),
    Role.SHIFT_LEADER: N_("🧭 Shift leaders"),
}
"""Whom one can call; everybody means whoever can be there, not the desks."""

CALL_PROMPTS: Final[dict[CallField, str]] = {
    CallField.AREA: N_("Where? Choose a street or a grid."),
    CallField.ROLE: N_("Whom do you call?"),
    CallField.SENTENCE: N_("Type in one sentence what happened and what they should do."),
    CallField.GROUND: N_("Why? A reason is required and stays on record."),
    CallField.GROUND_WORDS: N_("Type the reason in a few words."),
    CallField.PLACE: N_("Where should they come to? Type it or send the location."),
}

SPOKEN_REPLIES: Final[dict[Reply, tuple[str, ...]]] = {
    Reply.CANNOT: (
        "来不了",
        "去不了",
        "不来",
        "来不及",
        "can't come",
        "cannot come",
        "not coming",
    ),
    Reply.COMING: ("来", "我来", "马上来", "马上到", "在路上", "coming", "on my way"),
    Reply.WHERE: ("我在", "在哪", "i am at", "i'm at"),
}
"""Words that answer a call-out; what follows them stands beside the answer."""

SPOKEN_SEND: Final = frozenset({"发出", "发送", "呼叫", "send", "call"})

SPOKEN_GROUNDS: Final[dict[Ground, tuple[str, ...]]] = {
    Ground.EMERGENCY: ("紧急", "应急", "突发", "emergency"),
    Ground.FLOOD: ("防汛", "防台", "防汛防台", "flood", "typhoon"),
    Ground.CROWD: ("人流", "聚集", "人员聚集", "crowd"),
    Ground.DRILL: ("演练", "演习", "drill"),
}
"""Any other reason is asked for, because it needs words of its own."""

SPOKEN_WHOM: Final[dict[str, tuple[str, ...]]] = {
    EVERYBODY: ("全部", "所有人", "全员", "everybody", "all"),
    Role.WORKER: ("处置人员", "处置", "网格员", "workers", "worker"),
    Role.COLLECTOR: ("监督员", "采集员", "collectors", "collector"),
    Role.AGENCY_LEAD: ("负责人", "单位负责人", "leads", "agency_lead"),
    Role.DISPATCH_OFFICER: ("派遣员", "dispatchers", "dispatch_officer"),
    Role.ACCEPTOR: ("受理员", "acceptor"),
    Role.OPERATOR: ("坐席", "接线员", "operator"),
    Role.SHIFT_LEADER: ("值班长", "shift_leader"),
}
