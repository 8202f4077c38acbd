"""Everything a district may set, in one frozen value with a version."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from workflows.approving.rules import ApprovingRules
from workflows.cases.case import Action
from workflows.deadlines.calendar import Calendar, DayOverride, NationalDays, WorkingHours
from workflows.deadlines.clocks import ClockKind
from workflows.deadlines.limits import Limit
from workflows.duty.shift import DutyRules
from workflows.emergency.mode import EmergencyRules
from workflows.escalation.ladder import Ladder
from workflows.evidence.asked import PhotoAsk
from workflows.evidence.rules_of_risk import RiskRules
from workflows.hotline.looks import LookRules
from workflows.joint.call_out import CallRules
from workflows.joint.part import WhistleKind
from workflows.outages.rules import OutageRules
from workflows.policy.catalogue import Catalogue, ClassCode, Urgency
from workflows.policy.elsewhere import Topic, TopicKey
from workflows.privacy.carriage import Carriage
from workflows.privacy.retention import Kind, Period
from workflows.requests.request import RequestKind, RequestRules
from workflows.supervision.order import SupervisionRules


@dataclass(frozen=True, slots=True)
class CalendarRules:
    """The district's part of the calendar; the nation's comes from outside.

    `announced` are years whose notice the district has copied into its own days.
    """

    zone: ZoneInfo
    hours: tuple[WorkingHours, ...]
    overrides: Mapping[date, DayOverride]
    announced: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class StageLimits:
    """Limits of the clocks beside the disposal clock, whose limit the condition carries."""

    by_urgency: Mapping[ClockKind, Mapping[Urgency, Limit]]

    def of(self, clock: ClockKind, urgency: Urgency) -> Limit | None:
        """Find the limit of a stage, or None where that stage has no clock."""
        return self.by_urgency.get(clock, {}).get(urgency)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Local time in which a rung with `quiet = "hold"` waits; it may cross midnight."""

    begin: time
    end: time

    def contain(self, at: time) -> bool:
        """Whether a local time of day lies in them, the beginning included."""
        if self.begin <= self.end:
            return self.begin <= at < self.end
        return at >= self.begin or at < self.end


@dataclass(frozen=True, slots=True)
class Ladders:
    """Ladders of the disposal clock by urgency, those of the stages, and the quiet hours.

    `in_hand` is how long somebody's act keeps a case quiet whose ladders have come to their end.
    """

    disposal: Mapping[Urgency, Ladder]
    stages: Mapping[ClockKind, Ladder]
    quiet_hours: QuietHours
    in_hand: Limit

    def of(self, clock: ClockKind, urgency: Urgency) -> Ladder:
        """Find the ladder of a clock; empty where none is set."""
        if clock is ClockKind.DISPOSAL:
            return self.disposal[urgency]
        return self.stages.get(clock, Ladder())


@dataclass(frozen=True, slots=True)
class Profile:
    """Which steps of the centre the system takes itself, by the same moves (product.md)."""

    name: str
    system_takes: frozenset[Action]


@dataclass(frozen=True, slots=True)
class PhotoRules:
    """Limits of evidence: photos in one submission, bytes and pixels of each, its formats.

    `kinds` are what closing photos are asked for, by the catalogue's photo_kind.
    `most_a_day` photos of one person are taken between two midnights.
    """

    max_photos: int
    max_bytes: int
    max_pixels: int
    formats: frozenset[str]
    kinds: Mapping[str, PhotoAsk] = field(default_factory=dict)

    def asked_of(self, kind: str) -> PhotoAsk:
        """What the filing snapshot keeps of a kind."""
        return self.kinds.get(kind) or PhotoAsk(kind, self.max_photos)

    most_a_day: int = 300


@dataclass(frozen=True, slots=True)
class HotlineRules:
    """What callers hear, calls before giving up, the re-check limit, looks at their numbers."""

    reply: str
    reply_most: int
    calls_most: int
    recheck: Limit
    looks: LookRules

    def composed(self, agency: str, at: datetime, done: str) -> str:
        """The sentence that a caller hears; `at` is local time."""
        return self.reply.format(
            agency=agency, month=at.month, day=at.day, time=f"{at:%H:%M}", done=done
        )


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a report is not taken, and the text proposed for the citizen (domain.md 2.4).

    `handed_*` names who takes it instead, as `{who}`; empty where nobody is named. `words` are
    those of a complaint that speak for this ground, by the number to be called.
    """

    code: str
    zh: str
    en: str
    told_zh: str
    told_en: str
    source: str
    handed_zh: str = ""
    handed_en: str = ""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckRules:
    """Looks by lot (shares from 0 to 1), what a finder may fix alone, how near a duplicate is, and
    for how long work that was handed in can be taken back.

    Beyond `same_words_metres` the same words are another matter.
    """

    inspect_share: float
    inspect_from_rework: int
    take_back_minutes: int
    self_fix: frozenset[Urgency]
    audit_share: float
    same_within_metres: int
    same_within_hours: int
    same_words_metres: int


@dataclass(frozen=True, slots=True)
class RequestPolicy:
    """Requests beside the case: windows and answers by urgency, and how often is enough.

    `district_within` is how long the district centre has to assign a case for good.
    """

    window: Mapping[Urgency, Limit]
    district_within: Limit
    endorse: Mapping[RequestKind, Mapping[Urgency, Limit]]
    decide: Mapping[RequestKind, Mapping[Urgency, Limit]]
    rules: RequestRules


@dataclass(frozen=True, slots=True)
class Policy:
    """All numbers in force. `version` changes with any byte of any file behind them.

    `sayings` are what people say for a class, `elsewhere` what other bodies take.
    """

    catalogue: Catalogue
    sayings: Mapping[ClassCode, tuple[str, ...]]
    elsewhere: Mapping[TopicKey, Topic]
    calendar_rules: CalendarRules
    stage_limits: StageLimits
    ladders: Ladders
    profiles: Mapping[str, Profile]
    emergency: EmergencyRules
    photos: PhotoRules
    risk: RiskRules
    hotline: HotlineRules
    grounds: Mapping[str, Ground]
    checks: CheckRules
    call_out: CallRules
    whistle: Mapping[WhistleKind, Limit]
    duty: DutyRules
    outages: OutageRules
    supervision: SupervisionRules
    requests: RequestPolicy
    retention: Mapping[Kind, Period]
    privacy: Carriage
    approving: ApprovingRules
    version: str

    def calendar(self, national: NationalDays) -> Calendar:
        """Join the district's hours and days with the nation's.

        Of a year whose notice only the district has, the days that were guessed are forgotten.
        """
        rules = self.calendar_rules
        nation = national.with_notices_of(rules.announced)
        return Calendar(rules.zone, rules.hours, nation, rules.overrides)
