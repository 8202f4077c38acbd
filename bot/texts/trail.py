"""Words for what an auditor reads: acts of the journal that are no moves of the law, and facts."""

from typing import Final

from bot.i18n import N_
from workflows.cases.find import BY_CALLER
from workflows.privacy.access import Access

DONE_BESIDE: Final[dict[str, str]] = {
    Access.REVEALED: N_("saw the caller's number"),
    Access.PAGE: N_("opened a page"),
    Access.PHOTO: N_("was served a photo outside the chat"),
    Access.EXPORTED: N_("exported a file"),
    Access.AUDITED: N_("read the trail"),
    Access.COPIED: N_("made the petitioner's copy"),
    Access.REFUSED: N_("was refused what is not theirs"),
    BY_CALLER: N_("searched by the caller's number"),
}
"""What the journal has of a case beside the law."""

PURPOSES: Final = ("reason", "why", "purpose")
"""Facts of a line that say what for; nothing else that somebody typed is shown to auditors."""

SPOKEN_TRAIL: Final = frozenset({"轨迹", "办理轨迹", "trail"})
SPOKEN_LOOKS: Final = frozenset({"看号记录", "谁看过号码", "looks"})
