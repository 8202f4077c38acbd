"""A caller's number: the one message that shows it, what is left of it, and what auditors hear."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.cards.setting import Setting, name
from bot.chat import Card
from bot.plain import one_line
from bot.sheet import Sheet
from bot.texts.looks import UNUSUAL
from workflows.cases.case import CaseId
from workflows.hotline.looks import Unusual
from workflows.ports import Caller


def caller_sheet(
    case_id: CaseId, caller: Caller | None, setting: Setting, *, calls_back: bool = False
) -> Sheet:
    """The one message that carries a number."""
    tongue = setting.tongue
    if caller is None or not caller.phone:
        return Sheet(
            Card(tongue("#{number}: no number was left. Go on without a call.", number=case_id))
        )
    head = tongue("📞 #{number} {phone}", number=case_id, phone=one_line(caller.phone))
    lines = [name(caller.name)] if caller.name else []
    if caller.address:
        lines.append(tongue("🏠 {address}", address=one_line(caller.address)))
    lines.append(tongue("For this case only. Hidden again in a minute; this look is on record."))
    hint = tongue("After the call type: contacted {number}", number=case_id)
    if calls_back:
        hint = tongue(
            "After the call type: called back {number} or not reached {number}", number=case_id
        )
    return Sheet(Card(head, tuple(lines), help_line=hint))


def number_hidden(case_id: CaseId, setting: Setting) -> Sheet:
    """What the message becomes after its minute."""
    tongue = setting.tongue
    head = tongue("🔒 #{number}: the number is hidden again", number=case_id)
    hint = tongue("To see it once more: number {number}", number=case_id)
    return Sheet(Card(head, help_line=hint))


def looked_sheet(
    case_id: CaseId | None, who: str, data: Mapping[str, Any], setting: Setting, *, audits: bool
) -> Sheet:
    """For auditors: who looked, what is unusual about it, and the reason that was given."""
    tongue = setting.tongue
    at = setting.moment(datetime.fromisoformat(data["at"]))
    head = tongue(
        "🔎 {who} looked at the number of #{number} ({time})",
        who=name(who),
        number=case_id,
        time=at,
    )
    lines = [tongue(UNUSUAL[Unusual(why)]) for why in data["why"]]
    if data.get("reason"):
        lines.append(tongue("Reason: {answer}", answer=one_line(data["reason"])))
    if not audits:
        return Sheet(Card(head, tuple(lines)))
    hint = tongue("Every look stands in the log: /trail {number} or /looks", number=case_id)
    return Sheet(Card(head, tuple(lines), help_line=hint))
