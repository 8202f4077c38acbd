"""Words of the printed scopes: things and reaches as phrases, in pairs, Chinese and English."""

from typing import Final

from workflows.privacy.scopes import Reach, Thing

THINGS: Final[dict[Thing, tuple[str, str]]] = {
    Thing.CASE: (
        "案件：类别、地点、环节、经办人、时限，及其判定依据（/case、/why、/find）",
        "a case: class, place, state, holder, limits, and why so (/case, /why, /find)",
    ),
    Thing.ACT: ("按案件流转规则办理", "acts that the law of a case allows"),
    Thing.WORDS: ("诉求原文（号码已隐去）", "what was reported, in their words, numbers masked"),
    Thing.PHOTOS: (
        "照片的公开副本（已遮挡）",
        "photos, the shown copies, faces and plates covered",
    ),
    Thing.CALLER: ("来电人的姓和隐去中段的号码", "a caller's surname and masked number"),
    Thing.NUMBER: (
        "来电人完整号码、姓名、住址：须说明理由，每次一件、一分钟",
        "a caller's number, name, address: for a reason, one case, one minute",
    ),
    Thing.BY_NUMBER: ("按来电号码查案件", "finding cases by a caller's number"),
    Thing.TRAIL: (
        "一件的全部日志，包括谁看过（/trail）",
        "every line of a case's journal, looks included (/trail)",
    ),
    Thing.LOOKS: ("谁看过来电号码（/looks）", "who looked at callers' numbers (/looks)"),
    Thing.BOARD: ("看板与督办清单", "the board, and the list of supervision orders"),
    Thing.REVIEWS: ("待审核清单", "the list of work to be judged"),
    Thing.ORDERS: ("本人登记的清单", "the list of what one took down"),
    Thing.RESTING: ("挂账清单", "the list of suspended work"),
    Thing.SUMMARY: ("早晚汇总", "the morning and evening summary"),
    Thing.UNPLACED: (
        "导入后不在任何网格内的案件清单",
        "the list of imported cases outside every grid",
    ),
    Thing.ROSTER: ("值班表", "rosters, read"),
    Thing.OWN_SHIFTS: ("本人换班、请假", "one's own shifts: swaps, being away"),
    Thing.ARRANGE: ("调整他人的班", "changing somebody else's shift"),
    Thing.CALL_OUT: ("一键呼叫", "calling people out"),
    Thing.ASK_EMERGENCY: ("申请应急状态", "asking for an emergency"),
    Thing.APPROVE_EMERGENCY: ("批准、结束应急状态", "approving and ending an emergency"),
    Thing.SYNONYMS: ("查看学到的说法", "words that corrections taught, read"),
    Thing.UNDO_SYNONYM: ("撤销学到的说法", "undoing what corrections taught"),
    Thing.PEOPLE: ("邀请、停用人员", "inviting and dismissing people"),
    Thing.ORIGINAL: ("封存的照片原件", "the sealed originals of photos"),
    Thing.EXPORT: ("导出案件（不含来电人）", "a file of many cases, nothing of a caller in it"),
    Thing.EXPORT_CALLERS: (
        "导出来电人：须另一人批准，对单位隐去的除外",
        "a file with callers, on a second person's yes, never hidden ones",
    ),
    Thing.APPROVE_EXPORT: ("批准导出", "approving a file of cases"),
    Thing.APPROVE_CHANGE: (
        "批准规则变更和大批导入",
        "approving other policy and large imports",
    ),
    Thing.COPY: ("诉求人本人的副本", "a petitioner's own copy"),
    Thing.HOLD: ("证据保全（暂停删除）", "legal holds"),
}
"""What the scopes are about."""

REACHES: Final[dict[Reach, tuple[str, str]]] = {
    Reach.OWN: ("本人的", "own"),
    Reach.CHECKED: ("派给本人核实、核查的", "sent to look"),
    Reach.ASSIGNED: ("本人经办的", "assigned"),
    Reach.NAMED: ("本人经办、未结且未对单位隐去的", "assigned, open, caller not hidden"),
    Reach.AGENCY: ("本单位的", "agency"),
    Reach.PARTNER: ("吹哨到本单位、未办结的", "whistled for, part open"),
    Reach.ANSWERED: ("辖区内待回访或已答复的", "area, to be called back or answered"),
    Reach.CALLED_BACK: ("辖区内待回访的", "area, to be called back"),
    Reach.ALARMED: ("无人当班而告警到本人的", "alerted, nobody else on duty"),
    Reach.PEERS: ("同岗位的", "same post"),
    Reach.AREA: ("本辖区的", "area"),
    Reach.DISTRICT: ("本辖区的，且任全区职务", "area, post over a whole district"),
    Reach.EVERYWHERE: ("全部", "everywhere"),
}
"""How far a cell of the scopes goes."""

SCOPES_TITLE: Final = "# 权限范围 · Who may see and do what"
SCOPES_INTRODUCTION: Final = (
    """本文由 `python run.py docs` 根据 `workflows/privacy/scopes.py` 打印，请勿手工修改。
空格即不可。办理动作另见[案件流转规则](../lifecycle.md)。一人可任多职，各职所及之和即其所及。
管理员不读案件，也不读来电人信息；告警因无人当班而到其手中时，只见地点和经办人，可派人。
审计员查阅一切已发生之事，不能改动，也不见来电人信息和原话；其每次查阅也记入日志。
投诉办件单位的，来电人对该单位隐去，只有热线可见。""",
    """Printed from `workflows/privacy/scopes.py` by `python run.py docs`; do not edit it by hand.
An empty cell is for nobody. What may be done is in [the law of a case](../lifecycle.md) too. Who
holds several posts has what each of them gives. An administrator reads neither cases nor callers;
where an alert came to them because nobody else was on duty they see place and holder and may send
somebody. An auditor reads all that was done and changes nothing, sees no caller and none of their
words, and each reading is a line of the log itself. Where a complaint is about an agency, the
caller is hidden from it, and only the hotline knows who called.""",
)
AT_TERMINAL: Final = ("仅在服务器终端", "only at the server's terminal")
NOWHERE: Final = ("任何人在本系统内均不可", "nobody, by any way of ours")
THING_HEADING: Final = ("内容", "What")
