"""Reads risk.toml: what is looked at twice, and how many points each reason has."""

from typing import Any, Final

from workflows.evidence.kept import FARTHEST
from workflows.evidence.rules_of_risk import Risk, RiskRules
from workflows.policy.tables import Table, TomlFile, count, texts

MOST_POINTS: Final = 100
WRITE_POINTS: Final = "Write a whole number from 0 to 100"
WRITE_BITS: Final = f"Write a whole number from 0 to {FARTHEST}"
WRITE_COUNT: Final = "Write a whole number above 0"
WRITE_NAMES: Final = 'Write a list such as ["photoshop"]'
NO_NAMES: Final[tuple[str, ...]] = ()


def read_risk(file: TomlFile) -> RiskRules:
    """Read weights and limits; mistakes go to the file's list."""
    weights = file.table("weights")
    likeness = file.table("likeness")
    limits = file.table("limits")
    software = file.table("software")
    rules = RiskRules(
        weights={risk: weights.take(risk.value, _points, WRITE_POINTS, 0) for risk in Risk},
        bits=likeness.take("bits", _bits, WRITE_BITS, 0),
        own_bits=likeness.take("own_bits", _bits, WRITE_BITS, 0),
        days=_count(likeness, "days"),
        common_people=_count(likeness, "common_people"),
        far_metres=_count(limits, "far_metres"),
        early_minutes=_count(limits, "early_minutes"),
        fast_minutes=_count(limits, "fast_minutes"),
        first_days=_count(limits, "first_days"),
        editors=software.take("editors", _names, WRITE_NAMES, NO_NAMES),
    )
    for table in (weights, likeness, limits, software):
        table.close()
    file.root().close()
    return rules


def _count(table: Table, key: str) -> int:
    return table.take(key, count, WRITE_COUNT, 1)


def _names(value: Any) -> tuple[str, ...]:
    return tuple(name.lower() for name in texts(value))


def _points(value: Any) -> int:
    return _within(value, MOST_POINTS)


def _bits(value: Any) -> int:
    return _within(value, FARTHEST)


def _within(value: Any, most: int) -> int:
    """Raises ValueError for what is no whole number from 0 to `most`."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise ValueError(f"{value!r} is not a whole number from 0 to {most}")
    return value
