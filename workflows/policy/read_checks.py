"""Reads grounds.toml and checks.toml: why a report is not taken, what is looked at twice."""

from decimal import Decimal, InvalidOperation
from typing import Any, Final

from workflows.policy.policy import CheckRules, Ground
from workflows.policy.tables import Table, TomlFile, count, text

MUST_HAVE: Final = ("emergency", "in_progress", "not_found")
"""Grounds that the system itself proposes; a district may word them, not remove them."""

WRITE_SHARE: Final = 'Write such as "5 %"'


def read_grounds(file: TomlFile) -> dict[str, Ground]:
    """Read every ground with its text for the citizen; mistakes go to the file's list."""
    grounds = {name: _ground(file, name) for name in file.names()}
    file.root().close()
    for name in MUST_HAVE:
        if name not in grounds:
            file.mistake(1, f"[{name}] is missing", f"Write [{name}] as the shipped file does")
    return grounds


def _ground(file: TomlFile, name: str) -> Ground:
    table = file.table(name)
    ground = Ground(
        name, *(_words(table, key) for key in ("zh", "en", "told_zh", "told_en", "source"))
    )
    table.close()
    return ground


def _words(table: Table, key: str) -> str:
    return table.take(key, text, f'Write {key} = "..." as the shipped file does', "")


def read_checks(file: TomlFile) -> CheckRules:
    """Read the rules of looking twice; mistakes go to the file's list."""
    inspection = file.table("inspection")
    duplicates = file.table("duplicates")
    taking_back = file.table("taking_back")
    rules = CheckRules(
        inspect_share=inspection.take("share", share, WRITE_SHARE, 0.0),
        inspect_from_rework=inspection.take("from_rework", count, "Write such as 2", 2),
        take_back_minutes=taking_back.take("minutes", count, "Write such as 10", 10),
        same_within_metres=duplicates.take("metres", count, "Write such as 50", 50),
        same_within_hours=duplicates.take("hours", count, "Write such as 72", 72),
    )
    for table in (inspection, duplicates, taking_back):
        table.close()
    file.root().close()
    return rules


def share(value: Any) -> float:
    """Read `5 %` as 0.05. Raises ValueError for anything that is no share."""
    words = text(value)
    try:
        found = Decimal(words.removesuffix("%").strip()) / 100
    except InvalidOperation:
        raise ValueError(f'"{words}" is no share') from None
    if not words.endswith("%") or not found.is_finite() or not 0 <= found <= 1:
        raise ValueError(f'"{words}" is not between 0 % and 100 %')
    return float(found)
