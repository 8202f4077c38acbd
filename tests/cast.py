"""The people of the stories, as they are called; their posts stand in the demo's town."""

from typing import Final

from handlers.terminal.demo_town import (
    ADMIN,
    CHIEF,
    CLEANER,
    DISPATCHER,
    DRAIN_WORKER,
    ENGLISH_CLEANER,
    LEAD,
    OPERATOR,
    REVIEWER,
    SHIFT_LEADER,
    SUPERVISOR,
)

LIN: Final = OPERATOR.name
"""Answers the hotline."""
WANG: Final = DRAIN_WORKER.name
"""Looks after the drains of the lakeside."""
ZHOU: Final = CLEANER.name
"""Cleans in Yuntai."""
MARIA: Final = ENGLISH_CLEANER.name
"""Cleans everywhere, and reads English."""
SUN: Final = LEAD.name
"""Leads both agencies."""
HE: Final = REVIEWER.name
"""Accepts, and reviews what is done."""
WU: Final = DISPATCHER.name
"""Dispatches where the machine does not."""
ZHENG: Final = CHIEF.name
"""Is the duty chief."""
SHEN: Final = SUPERVISOR.name
"""Supervises."""
FENG: Final = SHIFT_LEADER.name
"""Leads the shift: files, closes, voids."""
GAO: Final = ADMIN.name
"""Administers."""
