"""What people say to us: words that mean an action, with or without a case number; pure."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from workflows.cases.case import Action, ContactResult
from workflows.cases.check import Found

SPOKEN: Final[dict[Action, tuple[str, ...]]] = {
    Action.SIGN_FOR: ("签收", "接单", "接了", "收到", "ok", "sign for", "sign", "take it"),
    Action.FIRST_CONTACT: (
        "已联系",
        "联系了",
        "联系上了",
        "已联系上",
        "打过电话了",
        "电话打了",
        "无人接听",
        "没人接",
        "没联系上",
        "对方关机",
        "contacted",
        "called",
        "no answer",
    ),
    Action.ARRIVE: (
        "到达",
        "到了",
        "到场",
        "已到",
        "已到达",
        "到现场",
        "到现场了",
        "到达现场",
        "已到达现场",
        "arrived",
        "on site",
    ),
    Action.REVEAL_CALLER: ("来电号码", "看号码", "show number"),
    Action.SUBMIT: (
        "完成",
        "完成了",
        "已完成",
        "处置完成",
        "提交",
        "做完了",
        "弄好了",
        "搞定",
        "done",
        "finished",
        "submit",
    ),
    Action.CONFIRM: ("确认", "confirm"),
    Action.SEND_BACK: ("打回", "send back"),
    Action.REWORK: ("返工", "退回", "重做", "rework", "redo"),
    Action.APPROVE: ("通过", "同意", "审核通过", "approve", "approved", "ok"),
    Action.CLOSE: ("通过", "同意", "结案", "办结", "close", "ok"),
    Action.VOID: ("作废", "void"),
    Action.ACCEPT: ("受理", "accept"),
    Action.REJECT: ("不予受理", "不受理", "reject"),
    Action.SEND_VERIFY: ("派核实", "核实一下", "verify"),
    Action.VERIFY_DONE: (
        "属实",
        "不属实",
        "核实属实",
        "未发现",
        "看不清",
        "it is so",
        "nothing there",
    ),
    Action.DECLINE: ("不立案", "不予立案", "decline"),
    Action.RETURN_TO_INTAKE: ("退回受理", "to intake"),
    Action.SEND_INSPECT: ("派核查", "核查一下", "inspect"),
    Action.INSPECT_DONE: (
        "合格",
        "不合格",
        "已到位",
        "未到位",
        "看不清",
        "put right",
        "not put right",
    ),
    Action.CALL_OFF_CHECK: ("撤回核实", "撤回核查", "call off"),
    Action.WAIVE_INSPECTION: ("免予核查", "免核查", "skip inspection"),
    Action.MERGE: ("并案", "并入", "merge"),
    Action.NOT_FIXED: ("转正常办理", "not fixed"),
    Action.SPLIT: ("撤销并案", "拆分", "split"),
    Action.ASK_RETURN: ("退单", "申请退单", "ask to return"),
    Action.ASK_EXTENSION: ("延期", "申请延期", "extension", "ask for more time"),
    Action.ASK_SUSPENSION: ("挂账", "申请挂账", "suspend"),
    Action.ASK_VOID: ("申请作废", "ask to void"),
    Action.ASK_APPEAL: ("申诉", "超时申诉", "appeal"),
    Action.GRANT: ("批准", "准予", "同意", "grant"),
    Action.ENDORSE: ("同意", "初审同意", "转报", "endorse"),
    Action.REFUSE: ("驳回", "不同意", "不批准", "refuse"),
    Action.WITHDRAW: ("撤回", "撤回申请", "withdraw"),
    Action.FORCE_ASSIGN: ("强制派单", "force assign"),
    Action.RESUME: ("恢复处置", "销账", "resume"),
    Action.KEEP_ROUTE: ("记入目录", "记入派遣目录", "keep route"),
    Action.FORGET_ROUTE: ("移出目录", "移出派遣目录", "forget route"),
    Action.FILE: ("立案", "file"),
    Action.DISPATCH: ("派单", "派遣", "dispatch"),
    Action.REASSIGN: ("改派", "转派", "换人", "reassign"),
    Action.ACKNOWLEDGE: ("知道了", "知悉", "已知悉", "收到", "got it", "noted", "ok"),
    Action.WHISTLE: ("吹哨", "whistle"),
    Action.RESPOND: ("响应", "已响应", "报到", "respond"),
    Action.REPORT_PART: ("协办完成", "协办结果", "part done"),
    Action.DECLINE_PART: ("协办不了", "办不了", "cannot do"),
    Action.GO_ON_ALONE: ("先行提交", "不等了", "go on alone"),
    Action.URGE: ("催办", "催一下", "urge"),
}
"""A word may mean several things; whoever listens says which of them this person could do."""

TAKES_WORDS: Final = frozenset(
    {
        Action.FIRST_CONTACT,
        Action.SUBMIT,
        Action.SEND_BACK,
        Action.REWORK,
        Action.VOID,
        Action.SEND_VERIFY,
        Action.VERIFY_DONE,
        Action.RETURN_TO_INTAKE,
        Action.SEND_INSPECT,
        Action.INSPECT_DONE,
        Action.CALL_OFF_CHECK,
        Action.WAIVE_INSPECTION,
        Action.MERGE,
        Action.NOT_FIXED,
        Action.SPLIT,
        Action.REPORT_PART,
        Action.DECLINE_PART,
        Action.GO_ON_ALONE,
        Action.ASK_EXTENSION,
        Action.ASK_VOID,
        Action.ASK_APPEAL,
        Action.REFUSE,
    }
)
"""After these a sentence belongs to the act; after the others it makes the whole a note."""

NOT_REACHED: Final = {
    "关机": ContactResult.PHONE_OFF,
    "phone off": ContactResult.PHONE_OFF,
    "无人接": ContactResult.NO_ANSWER,
    "没人接": ContactResult.NO_ANSWER,
    "未接": ContactResult.NO_ANSWER,
    "no answer": ContactResult.NO_ANSWER,
    "没联系上": ContactResult.OTHER,
    "联系不上": ContactResult.OTHER,
    "空号": ContactResult.OTHER,
    "not reach": ContactResult.OTHER,
}
"""Words that tell why a call was not a contact."""

LOOKS: Final = (Action.VERIFY_DONE, Action.INSPECT_DONE)
NOT_AS_IT_SHOULD: Final = {
    "看不清": Found.UNCLEAR,
    "说不清": Found.UNCLEAR,
    "cannot tell": Found.UNCLEAR,
    "不属实": Found.NOT_RIGHT,
    "不合格": Found.NOT_RIGHT,
    "未到位": Found.NOT_RIGHT,
    "没到位": Found.NOT_RIGHT,
    "未发现": Found.NOT_RIGHT,
    "没有发现": Found.NOT_RIGHT,
    "not ": Found.NOT_RIGHT,
    "nothing": Found.NOT_RIGHT,
}
"""Words that tell that a look on site did not show what it should."""

_WORDS: Final = tuple(
    sorted({w for words in SPOKEN.values() for w in words}, key=lambda word: (-len(word), word))
)
_NUMBER: Final = re.compile(
    r"^(?:#|no\.?\s*|案件|工单)?\s*(?P<number>\d{1,9})号?(?=\D|$)(?P<rest>.*)$",
    re.DOTALL | re.IGNORECASE,
)
_GAP: Final = " \t\n,.:;!-—，。：；！、#"


@dataclass(frozen=True, slots=True)
class Spoken:
    """An action in words: which, on which case if one was named, and what else was said.

    `contact` is what a FIRST_CONTACT says of the call, `found` what a look on site showed; neither
    is there for other actions. `also` are the other things that the same word may mean: 通过
    closes a case with a caller or without.
    """

    action: Action
    number: int | None = None
    rest: str = ""
    contact: ContactResult | None = None
    also: tuple[Action, ...] = ()
    found: Found | None = None


def spoken(text: str, could: Callable[[Action], bool] = lambda _: True) -> Spoken | None:
    """Read 签收 42, 42 签收, #42 完成 已清理, sign 42 and the like; None if it is anything else.

    `could` says whether this person ever does an action; of a word's meanings the first such one
    is meant. A word must stand alone, before a number or before a gap: 到了没有 is no arrival.
    """
    typed = text.strip()
    number, said = _numbered(_narrow(typed))
    word = _word(said)
    meanings = [a for a, words in SPOKEN.items() if word in words and could(a)]
    if not meanings:
        return None
    action, *others = meanings
    rest = said[len(word) :].lstrip(_GAP)
    if number is None:
        number, rest = _numbered(rest)
    if rest and number is None and not _belongs(action, said[len(word) :]):
        return None
    contact = contact_in(said) if action is Action.FIRST_CONTACT else None
    found = found_in(said) if action in LOOKS else None
    return Spoken(action, number, typed[len(typed) - len(rest) :], contact, tuple(others), found)


def word_for(action: str, language: str) -> str:
    """The word to teach for an action: the first one of the language; of others, signing."""
    words = next((words for known, words in SPOKEN.items() if known == action), ())
    is_chinese = language == "zh"
    fitting = (w for w in words or SPOKEN[Action.SIGN_FOR] if w.isascii() is not is_chinese)
    return next(fitting)


def contact_in(words: str) -> ContactResult:
    """What a sentence about a call says of its result: reached, unless it says otherwise."""
    lowered = words.lower()
    return next((r for word, r in NOT_REACHED.items() if word in lowered), ContactResult.REACHED)


def found_in(words: str) -> Found:
    """What a sentence about a look on site says it showed: right, unless it says otherwise."""
    lowered = words.lower()
    return next(
        (found for word, found in NOT_AS_IT_SHOULD.items() if word in lowered), Found.RIGHT
    )


def _numbered(said: str) -> tuple[int | None, str]:
    """A case number at the beginning, and what follows it."""
    match = _NUMBER.match(said)
    if match is None:
        return None, said
    return int(match["number"]), match["rest"].lstrip(_GAP)


def _narrow(typed: str) -> str:
    """Wide digits and signs as narrow ones, character by character, so that places stay.

    What is kept of a sentence is kept as it was typed: the caller may hear it read out.
    """
    narrow = (unicodedata.normalize("NFKC", letter) for letter in typed)
    return "".join(n if len(n) == 1 else t for n, t in zip(narrow, typed, strict=True))


def _word(said: str) -> str:
    """The longest word of an action that stands at the beginning; empty if none does."""
    lowered = said.lower()
    for word in _WORDS:
        after = lowered[len(word) : len(word) + 1]
        if lowered.startswith(word) and (not after or after in _GAP or after.isdigit()):
            return word
    return ""


def _belongs(action: Action, behind: str) -> bool:
    """Whether a sentence behind the word is part of the act; “done with half of it” is not."""
    ordinary_english = behind.startswith(" ") and behind.lstrip()[:1].isascii()
    return action in TAKES_WORDS and not (action is Action.SUBMIT and ordinary_english)
