"""Emergency modes as a district writes them down: what each changes, and for how long at most."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from workflows.emergency.under import ModeKey
from workflows.escalation.ladder import Ladder
from workflows.policy.catalogue import Urgency


@dataclass(frozen=True, slots=True)
class Mode:
    """One kind of emergency, such as a typhoon.

    Cases that come in under it go by `profile`; cases that are filed under it climb `ladders`,
    or their usual ladder where none is named for their urgency. Without `quiet_hours` their
    alerts wake people. `told_*` is what everybody on duty is told.
    """

    key: ModeKey
    zh: str
    en: str
    told_zh: str
    told_en: str
    profile: str
    ladders: Mapping[Urgency, Ladder]
    most_hours: int
    quiet_hours: bool


@dataclass(frozen=True, slots=True)
class EmergencyRules:
    """The modes a district knows, and how long a second approver has to say yes."""

    modes: Mapping[ModeKey, Mode]
    approve_within: timedelta
