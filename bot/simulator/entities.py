"""What Telegram does to a text besides its tags: cleans it, trims it, finds commands and links."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

Entity = dict[str, Any]

# Same range: the wider idea first, decoration last, so that a client can nest them.
_ORDER = {"blockquote": 0, "expandable_blockquote": 0, "pre": 10, "code": 20}
_ORDER |= {"text_link": 49, "text_mention": 49, "bold": 90, "italic": 91, "underline": 92}
_ORDER |= {"strikethrough": 93, "spoiler": 94, "custom_emoji": 99}
_DECORATION = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
_VERBATIM = frozenset({"code", "pre"})
_WITH_FIELDS = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id"}
_GIVEN = frozenset(_ORDER) | {"date_time"}
_BLANK = frozenset(
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u2060\ufeff"
)

_DOMAIN = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+"
_ENDINGS = r"(?:com|cn|net|org|gov|edu|info|io|me|top|dev|app|hk|uk|de|fr|jp|us|eu|biz|site|xyz)"
_TAIL = r"(?::\d{1,5})?(?:[/?#][^\s<>\"'，。；、！？（）《》“”]*)?"
_FINDERS = (
    (
        "email",
        re.compile(rf"(?<![\w.+-])[A-Za-z0-9.+_-]+@{_DOMAIN}[A-Za-z]{{2,}}(?!\w)", re.ASCII),
    ),
    (
        "url",
        re.compile(
            rf"(?<![\w@.])https?://(?:{_DOMAIN}[a-z0-9]+|localhost){_TAIL}",
            re.ASCII | re.IGNORECASE,
        ),
    ),
    (
        "url",
        re.compile(
            rf"(?<![A-Za-z0-9@._/-]){_DOMAIN}{_ENDINGS}(?![A-Za-z0-9-]){_TAIL}",
            re.ASCII | re.IGNORECASE,
        ),
    ),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z0-9_]{4,32}(?!\w)")),
    (
        "bot_command",
        re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])"),
    ),
    ("hashtag", re.compile(r"(?<!\w)#(?=\d*[^\W\d])\w{1,256}(?![\w#])")),
)


class MarkupError(ValueError):
    """Tags or entities are unusable; the message is what Telegram says after `Bad Request: `."""


def utf16_length(text: str) -> int:
    """Length as entity offsets count it: an emoji is two (messaging.md 1.4)."""
    return len(text) + sum(character > "\uffff" for character in text)


def clean(text: str) -> str:
    """Take out control and direction characters, and trim (messaging.md 1.8)."""
    return tidy(text, [])[0]


def is_blank(text: str) -> bool:
    """Tell a text nobody can see: nothing but spaces and characters of no width."""
    return all(character.isspace() or character in _BLANK for character in text)


def tidy(text: str, entities: Sequence[Entity]) -> tuple[str, list[Entity]]:
    """Clean a text and move its entities along; they come back merged, sorted, none empty."""
    kept, places = _clean_characters(text)
    full = "".join(kept)
    shown = full.strip(" \n")
    start = len(full) - len(full.lstrip(" \n"))
    units = [0]
    for character in shown:
        units.append(units[-1] + utf16_length(character))
    points = _points(text)

    def moved(offset: int) -> int:
        return units[min(max(places[points[offset]] - start, 0), len(shown))]

    placed = []
    for entity in entities:
        begin = moved(entity["offset"])
        end = moved(entity["offset"] + entity["length"])
        placed.append(entity | {"offset": begin, "length": end - begin})
    return shown, _settled(placed)


def _clean_characters(text: str) -> tuple[list[str], list[int]]:
    """Characters that stay, and for each old position (and the end) the new one."""
    kept: list[str] = []
    places = []
    for character in text:
        places.append(len(kept))
        third_break = character == "\n" and kept[-2:] == ["\n", "\n"]
        if character == "\r" or "\u2028" <= character <= "\u202e" or third_break:
            continue
        kept.append(" " if character < " " and character != "\n" else character)
    places.append(len(kept))
    return kept, places


def _points(text: str) -> list[int]:
    """For every UTF-16 offset, and the end, the index of its character."""
    points: list[int] = []
    for index, character in enumerate(text):
        points.extend([index] * utf16_length(character))
    return [*points, len(text)]


def _settled(entities: list[Entity]) -> list[Entity]:
    ordered = sorted((entity for entity in entities if entity["length"] > 0), key=_position)
    merged: list[Entity] = []
    for entity in ordered:
        touching = next((old for old in merged if _touches(old, entity)), None)
        if touching is None:
            merged.append(dict(entity))
        else:
            end = max(_end(touching), _end(entity))
            touching["length"] = end - touching["offset"]
    verbatim = [entity for entity in merged if entity["type"] in _VERBATIM]
    return sorted((entity for entity in merged if not _spoilt(entity, verbatim)), key=_position)


def _position(entity: Entity) -> tuple[int, int, int]:
    return entity["offset"], -entity["length"], _ORDER.get(entity["type"], 50)


def _end(entity: Entity) -> int:
    return int(entity["offset"] + entity["length"])


def _touches(old: Entity, new: Entity) -> bool:
    same = old["type"] == new["type"] and old["type"] in _DECORATION
    return same and new["offset"] <= _end(old)


def _spoilt(entity: Entity, verbatim: list[Entity]) -> bool:
    """Code holds nothing but itself: what crosses or fills it goes, a quotation stays."""
    if "blockquote" in entity["type"]:
        return False
    for code in verbatim:
        if code is entity:
            return False
        if entity["offset"] < _end(code) and code["offset"] < _end(entity):
            return True
    return False


def given_entities(text: str, entries: Any) -> tuple[str, list[Entity]]:
    """Clean a text whose entities came as JSON; unusable entries are passed over.

    Raises MarkupError for a list that is none, and for an entity that leaves the text or cuts a
    character in two.
    """
    if not isinstance(entries, list):
        raise MarkupError("can't parse entities JSON object")
    points = _points(text)
    usable = []
    for entry in entries:
        if not _usable(entry):
            continue
        _check_bounds(text, points, entry)
        usable.append(dict(entry))
    return tidy(text, usable)


def _usable(entry: Any) -> bool:
    if not isinstance(entry, dict) or entry.get("type") not in _GIVEN:
        return False
    field = _WITH_FIELDS.get(entry["type"])
    numbers = [entry.get("offset"), entry.get("length")]
    whole = all(isinstance(number, int) and number >= 0 for number in numbers)
    return whole and (field is None or bool(entry.get(field)))


def _check_bounds(text: str, points: list[int], entity: Entity) -> None:
    for word, offset in (("begins", entity["offset"]), ("ends", _end(entity))):
        if offset >= len(points):
            raise MarkupError(f"entity {word} after the end of the text")
        if offset and points[offset] == points[offset - 1]:
            byte = len(text[: points[offset]].encode())
            raise MarkupError(
                f"entity {word} in a middle of a UTF-16 symbol at byte offset {byte}"
            )


def detect_entities(text: str, given: Sequence[Entity]) -> list[Entity]:
    """Add what the server finds itself to the given: commands, links, mentions, hashtags.

    Nothing is looked for inside code or links, and finds do not overlap. Telephone numbers and
    bank cards, which the real server also marks, are left alone.
    """
    taken = [(e["offset"], _end(e)) for e in given if not _may_hold_finds(e)]
    found: list[Entity] = []
    units = [0]
    for character in text:
        units.append(units[-1] + utf16_length(character))
    for kind, begin, end in _finds(text):
        first, last = units[begin], units[end]
        if any(first < other_end and other < last for other, other_end in taken):
            continue
        taken.append((first, last))
        found.append({"type": kind, "offset": first, "length": last - first})
    return sorted([*given, *found], key=_position)


def _may_hold_finds(entity: Entity) -> bool:
    return entity["type"] in _DECORATION or "blockquote" in entity["type"]


def _finds(text: str) -> Iterator[tuple[str, int, int]]:
    for kind, pattern in _FINDERS:
        for match in pattern.finditer(text):
            end = match.end()
            if kind == "url":
                end = match.start() + len(match.group().rstrip(".,;:!?'\""))
            yield kind, match.start(), end


def with_people(entities: list[Entity], who: Callable[[int], Entity | None]) -> list[Entity]:
    """Complete mentions by id with the person as `who` knows it; unknown ones are dropped."""
    completed = []
    for entity in entities:
        if entity["type"] != "text_mention":
            completed.append(entity)
        elif (person := who(entity["user"]["id"])) is not None:
            completed.append(entity | {"user": person})
    return completed
