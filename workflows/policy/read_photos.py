"""Reads photos.toml: the limits of evidence, and what each kind of closing photo is asked for."""

from typing import Any, Final

from workflows.evidence.asked import SLACK, Heed, PhotoAsk
from workflows.policy.catalogue import Catalogue
from workflows.policy.policy import PhotoRules
from workflows.policy.tables import Table, TomlFile, count, text, texts, yes_or_no

PHOTO_FORMATS: Final = frozenset({"jpeg", "png", "webp", "heic"})
"""What the evidence store can decode; a district may take fewer."""
WHY: Final = "Write in a few words what the photo is for"
HEEDS: Final = 'Write "flag" or "refuse", or leave it out'


def read_photos(file: TomlFile) -> PhotoRules:
    """Read the limits of evidence and its kinds; mistakes go to the file's list."""
    table = file.root()
    most = table.take("max_photos", count, "Write such as max_photos = 9", 1)
    remedy = "Write such as slack_minutes = 30"
    slack = table.take_if_there("slack_minutes", _none_or_more, remedy, SLACK)
    rules = PhotoRules(
        max_photos=most,
        max_bytes=table.take("max_bytes", count, "Write such as max_bytes = 20_000_000", 1),
        max_pixels=table.take("max_pixels", count, "Write such as max_pixels = 50_000_000", 1),
        most_a_day=table.take("most_a_day", count, "Write such as most_a_day = 300", 1),
        formats=table.take(
            "formats", _formats, f"Write some of {', '.join(sorted(PHOTO_FORMATS))}", frozenset()
        ),
        kinds={name: _kind(file.table(name), most, slack) for name in file.names()},
    )
    table.close()
    return rules


def check_photos(file: TomlFile, catalogue: Catalogue, rules: PhotoRules) -> None:
    """Note what the catalogue needs and this file forbids or does not describe."""
    needs: dict[str, int] = {}
    for condition in catalogue.conditions.values():
        kind = condition.photo_kind
        needs[kind] = max(needs.get(kind, 0), condition.photo_min)
    most = max(needs.values(), default=0)
    if most > rules.max_photos:
        what = f"max_photos is {rules.max_photos}, but a condition needs {most} photos"
        file.mistake(1, what, f"Write max_photos = {most} or more")
        return
    for name, least in needs.items():
        ask = rules.kinds.get(name)
        if ask is None:
            what = f'the catalogue asks for photos of the kind "{name}", which is not here'
            file.mistake(1, what, f"Write [{name}], or correct photo_kind in catalogue.csv")
        elif ask.most < least:
            what = f"[{name}] takes {ask.most} photos, but a condition needs {least}"
            line = file.line_of(name, key="most")
            file.mistake(line, what, f"Write most = {least} or more")


def _kind(table: Table, max_photos: int, slack: int) -> PhotoAsk:
    most = table.take_if_there("most", _none_or_more, "Write such as most = 6", max_photos)
    spare = "" if most else None
    ask = PhotoAsk(
        kind=table.path,
        most=min(most, max_photos),
        why_zh=_why(table, "why_zh", spare),
        why_en=_why(table, "why_en", spare),
        as_file=table.take_if_there("as_file", yes_or_no, "Write as_file = true", False),
        early=table.take_if_there("early", Heed, HEEDS, None),
        far=table.take_if_there("far", Heed, HEEDS, None),
        within_metres=table.take_if_there(
            "within_metres", count, "Write such as within_metres = 200", 0
        ),
        slack_minutes=slack,
    )
    if (ask.far is None) is not (ask.within_metres == 0):
        table.mistake('"far" and "within_metres" go together', "Write both, or neither of them")
    table.close()
    return ask


def _why(table: Table, key: str, spare: str | None) -> str:
    """Where photos are taken, what for; where none are, there is nothing to say."""
    if spare is None:
        return table.take_if_there(key, text, WHY, "")
    return table.take(key, text, WHY, spare)


def _none_or_more(value: Any) -> int:
    return 0 if value == 0 and not isinstance(value, bool) else count(value)


def _formats(value: Any) -> frozenset[str]:
    names = frozenset(texts(value))
    if not names:
        raise ValueError("no format is accepted")
    if strangers := sorted(names - PHOTO_FORMATS):
        raise ValueError(f"{', '.join(strangers)} cannot be read")
    return names
