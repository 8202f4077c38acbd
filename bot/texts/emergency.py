"""Emergency mode: its heads, the questions of its form, what became of a request."""

from typing import Final

from bot.i18n import N_
from workflows.approving.answer import Answer
from workflows.emergency.form import EmergencyField

EMERGENCY_PROMPTS: Final[dict[EmergencyField, str]] = {
    EmergencyField.MODE: N_("Which emergency? Choose."),
    EmergencyField.AREA: N_("Where? Choose the district or a street."),
    EmergencyField.HOURS: N_("For how many hours? Choose or type, at most {most}."),
    EmergencyField.REASON: N_("Type why, in one sentence. It stays on record."),
}

NOT_GRANTED: Final[dict[Answer, str]] = {
    Answer.REFUSED: N_("🌀 Not approved: {mode}, {area}"),
    Answer.WITHDRAWN: N_("🌀 Withdrawn: {mode}, {area}"),
    Answer.LAPSED: N_("🌀 Lapsed, nobody approved: {mode}, {area}"),
}
"""At the head of a request that came to nothing."""

ANSWERED_BY: Final[dict[Answer, str]] = {
    Answer.APPROVED: N_("✅ {who} approved it {time}"),
    Answer.REFUSED: N_("🚫 {who} did not approve it {time}"),
    Answer.WITHDRAWN: N_("↩️ {who} withdrew it {time}"),
    Answer.LAPSED: N_("⌛ Nobody approved it by {time}"),
}

SPOKEN_ASK: Final = frozenset({"提交", "发出", "申请", "send", "ask"})
