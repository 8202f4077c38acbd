"""Reads grounds.toml and checks.toml: why a report is not taken, what is looked at twice."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from workflows.policy.catalogue import Urgency
from workflows.policy.policy import CheckRules, Ground
from workflows.policy.tables import Table, TomlFile, count, text, texts

MUST_HAVE: Final = ("emergency", "other_body", "in_progress", "not_found")
"""Grounds that the system itself proposes; a district may word them, not remove them."""

WRITE_SHARE: Final = 'Write such as "5 %"'
WRITE_WHO: Final = "Write {who} once, where the body and its number stand"
WRITE_WORDS: Final = "Write words with blanks between them"
GROUND_TEXTS: Final = ("zh", "en", "told_zh", "told_en", "source")
CALLS: Final = "words_"


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
    zh, en, told_zh, told_en, source = (_words(table, key) for key in GROUND_TEXTS)
    handed_zh, handed_en = (
        table.take_if_there(key, _naming, WRITE_WHO, "") for key in ("handed_zh", "handed_en")
    )
    spoken = _spoken(table)
    ground = Ground(name, zh, en, told_zh, told_en, source, handed_zh, handed_en, spoken)
    table.close()
    return ground


def _spoken(table: Table) -> Mapping[str, tuple[str, ...]]:
    """Words by the number that they call for, such as `words_119`."""
    nothing: tuple[str, ...] = ()
    return {
        key.removeprefix(CALLS): table.take_if_there(key, _split, WRITE_WORDS, nothing)
        for key in table.keys_but()
        if re.fullmatch(rf"{CALLS}\d+", key)
    }


def _split(value: Any) -> tuple[str, ...]:
    return tuple(text(value).split())


def _naming(value: Any) -> str:
    """Raises ValueError where nobody would be named."""
    words = text(value)
    if words.count("{who}") != 1 or words.count("{") != 1 or words.count("}") != 1:
        raise ValueError(f'"{words}" does not name {{who}} once')
    return words


def _words(table: Table, key: str) -> str:
    return table.take(key, text, f'Write {key} = "..." as the shipped file does', "")


def read_checks(file: TomlFile) -> CheckRules:
    """Read the rules of looking twice; mistakes go to the file's list."""
    inspection = file.table("inspection")
    self_fix = file.table("self_fix")
    urgencies = f"Write some of {', '.join(Urgency)}"
    duplicates = file.table("duplicates")
    taking_back = file.table("taking_back")
    rules = CheckRules(
        inspect_share=inspection.take("share", share, WRITE_SHARE, 0.0),
        inspect_from_rework=inspection.take("from_rework", count, "Write such as 2", 2),
        take_back_minutes=taking_back.take("minutes", count, "Write such as 10", 10),
        self_fix=self_fix.take("urgencies", _urgencies, urgencies, frozenset()),
        audit_share=self_fix.take("audit_share", share, WRITE_SHARE, 0.0),
        same_within_metres=duplicates.take("metres", count, "Write such as 50", 50),
        same_within_hours=duplicates.take("hours", count, "Write such as 72", 72),
        same_words_metres=duplicates.take("words_metres", count, "Write such as 500", 500),
    )
    for table in (inspection, self_fix, duplicates, taking_back):
        table.close()
    file.root().close()
    return rules


def _urgencies(value: Any) -> frozenset[Urgency]:
    return frozenset(Urgency(name) for name in texts(value))


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
