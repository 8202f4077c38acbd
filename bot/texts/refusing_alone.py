"""Refusals around what takes two people: emergencies, exports, imports, policy."""

from typing import Final

from bot.i18n import N_
from workflows.refusals import Reason

ALONE: Final[dict[Reason, str]] = {
    Reason.EMERGENCY_NOT_YOURS: N_(
        "Only an administrator asks for an emergency, and another one or the duty chief of the "
        "whole district approves it. Please tell the duty chief by telephone."
    ),
    Reason.EMERGENCY_ELSEWHERE: N_(
        "{code} is outside your area. Please ask an administrator of that area."
    ),
    Reason.EMERGENCY_OWN: N_(
        "{who} asked for it ({time}). Nobody approves their own request, under whatever account: "
        "please ask another administrator or the duty chief."
    ),
    Reason.EMERGENCY_BAD_HOURS: N_("Please type a whole number of hours, such as 12."),
    Reason.EMERGENCY_TOO_LONG: N_(
        "{length} hours are too long: at most {most} now. It can be made longer by a new approval."
    ),
    Reason.EMERGENCY_INCOMPLETE: N_("Something is missing: please say in one sentence why."),
    Reason.EMERGENCY_STANDS: N_(
        "An emergency is in force there since {time}, {who} asked for it. /emergency ends it or "
        "makes it longer."
    ),
    Reason.EMERGENCY_WAITS: N_(
        "{who} has asked for one there already ({time}). It waits for approval: /emergency"
    ),
    Reason.EMERGENCY_APPROVED: N_("{who} has approved it already ({time}). Nothing more to do."),
    Reason.EMERGENCY_REFUSED: N_(
        "{who} has not approved it ({time}). If it is still needed, ask anew: /emergency"
    ),
    Reason.EMERGENCY_WITHDRAWN: N_("{who} withdrew it ({time}). Nothing more to do."),
    Reason.EMERGENCY_LAPSED: N_(
        "It lapsed {time}, nobody had approved it. If it is still needed, ask anew: /emergency"
    ),
    Reason.EMERGENCY_ENDED: N_(
        "It is over since {time} ({who}). If it is still needed, ask anew: /emergency"
    ),
    Reason.NO_SUCH_EMERGENCY: N_("We do not know this emergency. /emergency shows them all."),
    Reason.NO_SUCH_MODE: N_("No emergency is called “{name}” here. /emergency offers a choice."),
    Reason.NO_SUCH_AREA: N_(
        "No street or district of ours has the code {code}. /emergency offers a choice."
    ),
    Reason.NOBODY_TO_APPROVE: N_(
        "Nobody on duty may approve it: it takes another administrator or the duty chief of the "
        "whole district. Please telephone one of them."
    ),
    Reason.PROPOSAL_NOT_YOURS: N_(
        "This one is not for you to answer. /approvals shows what is yours to approve."
    ),
    Reason.PROPOSAL_OWN: N_(
        "{who} asked for it ({time}). Nobody approves their own request, under whatever account: "
        "please ask a second person."
    ),
    Reason.PROPOSAL_APPROVED: N_("{who} has approved it already ({time}). Nothing more to do."),
    Reason.PROPOSAL_REFUSED: N_(
        "{who} has not approved it ({time}). If it is still needed, please ask anew."
    ),
    Reason.PROPOSAL_WITHDRAWN: N_("{who} withdrew it ({time}). Nothing more to do."),
    Reason.PROPOSAL_LAPSED: N_(
        "It lapsed {time}, nobody had approved it. If it is still needed, please ask anew."
    ),
    Reason.NO_SUCH_PROPOSAL: N_("We do not know this one. /approvals shows what waits."),
    Reason.NO_SECOND_PERSON: N_(
        "Nobody here could approve it: it takes a second person. Exports: a supervisor or duty "
        "chief of the area. Imports and policy: an administrator or duty chief of the district."
    ),
    Reason.EXPORT_NOT_YOURS: N_(
        "Cases are exported by duty chiefs, supervisors, acceptors, auditors, and by agency leads "
        "for their own agency. Please ask one of them."
    ),
    Reason.EXPORT_NO_CALLERS: N_(
        "Callers' names and numbers are exported by the acceptor of the area, with a second "
        "person. Please leave them out."
    ),
    Reason.EXPORT_ELSEWHERE: N_("{code} is outside your area. Please choose one of your own."),
    Reason.EXPORT_INCOMPLETE: N_("Something is missing: please type what the export is for."),
    Reason.EXPORT_EMPTY: N_("No case fits. Please choose a longer period or another area."),
    Reason.EXPORT_TOO_MANY: N_(
        "{length} cases are too many for one file, at most {most}. Please choose less."
    ),
    Reason.EXPORT_BAD_PERIOD: N_(
        "We cannot use this period. Please type days such as 2026-11-01..2026-11-30, or 30 days "
        "as 30d."
    ),
}
