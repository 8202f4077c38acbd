"""What may be reported: classes, and the filing conditions that carry limit and evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from workflows.deadlines.limits import Limit

ConditionId = NewType("ConditionId", str)
ClassCode = NewType("ClassCode", str)


class Urgency(StrEnum):
    """P1 danger to life or passage, P2 serious or spreading, P3 ordinary, P4 can be planned."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"


class CaseKind(StrEnum):
    """An asset, a behaviour, or a hotline appeal (domain.md 1.3)."""

    COMPONENT = "component"
    EVENT = "event"
    APPEAL = "appeal"


@dataclass(frozen=True, slots=True)
class FilingCondition:
    """One line of the catalogue: when it applies, until when, and what must be shown.

    `agency_kinds` are department types (domain.md 4.1), the first one primary. `night_push`
    says that its messages may break the quiet hours. `derived` names the fields that are ours
    and not the source's.
    """

    id: ConditionId
    class_code: ClassCode
    legacy_code: str
    kind: CaseKind
    number: int
    is_default: bool
    zh: str
    en: str
    urgency: Urgency
    agency_kinds: tuple[str, ...]
    limit: Limit
    night_push: bool
    close_zh: str
    close_en: str
    photo_zh: str
    photo_en: str
    photo_min: int
    source: str
    derived: tuple[str, ...] = ()
    photo_kind: str = ""


@dataclass(frozen=True, slots=True)
class Major:
    """A major class: what a person chooses first."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class CaseClass:
    """A small class with its conditions in order; exactly one of them is the default."""

    code: ClassCode
    legacy_code: str
    zh: str
    en: str
    major: Major
    conditions: tuple[FilingCondition, ...]

    @property
    def default(self) -> FilingCondition:
        return next(condition for condition in self.conditions if condition.is_default)

    @property
    def kind(self) -> CaseKind:
        return self.default.kind


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All classes and conditions by their codes, in the order of the file."""

    classes: Mapping[ClassCode, CaseClass]
    conditions: Mapping[ConditionId, FilingCondition]
    majors: tuple[Major, ...]

    def classes_of(self, major_code: str) -> tuple[CaseClass, ...]:
        return tuple(c for c in self.classes.values() if c.major.code == major_code)

    def class_of(self, condition: FilingCondition) -> CaseClass:
        return self.classes[condition.class_code]
