"""The two-person rule and exports: kinds, heads, what became of a proposal, periods and states."""

from typing import Final

from bot.i18n import N_
from workflows.approving.answer import Answer
from workflows.approving.proposal import ProposalKind

KINDS: Final[dict[ProposalKind, str]] = {
    ProposalKind.EXPORT: N_("📤 Export"),
    ProposalKind.CHANGE: N_("📥 Import"),
    ProposalKind.POLICY: N_("📜 Policy change"),
}

ENDED: Final[dict[Answer, str]] = {
    Answer.APPROVED: N_("{kind} no. {number}: approved"),
    Answer.REFUSED: N_("{kind} no. {number}: not approved"),
    Answer.WITHDRAWN: N_("{kind} no. {number}: withdrawn"),
    Answer.LAPSED: N_("{kind} no. {number}: lapsed, nobody approved"),
}
"""At the head of what was answered."""

OUTCOMES: Final[dict[str, str]] = {
    "changed": N_("⚠️ Not carried out: it is no longer what was approved. Please ask anew."),
    "no_right": N_("⚠️ Not carried out: the posts behind it have changed. Please ask anew."),
    "grown": N_("⚠️ Not carried out: it has grown too large for one person. Please ask anew."),
    "overtaken": N_("⚠️ Not carried out: another one has come into force meanwhile."),
    "unfit": N_("⚠️ Not carried out: it no longer fits what is stored. Please ask anew."),
}

SPOKEN_APPROVING: Final = {
    "导出": "export",
    "导出案件": "export",
    "export": "export",
    "审批": "approvals",
    "待审批": "approvals",
    "待批": "approvals",
    "approvals": "approvals",
}
"""Words without a slash."""

SPOKEN_SEND: Final = frozenset({"提交", "确认", "发出", "申请", "send", "ask"})
