"""What a camera wrote into a picture: when, where, with which program; read without believing.

Runs where hostile bytes may do harm. Notes that cannot be read are notes that are not there,
one by one: a crooked position does not cost the time.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final

from PIL import Image

EXIF: Final = 0x8769
GPS: Final = 0x8825
ORIENTATION: Final = 0x0112
SOFTWARE: Final = 0x0131
TAKEN: Final = (0x9003, 0x9004)
"""When it was taken, when it was made into numbers: of one camera both are one moment."""
OFFSETS: Final = (0x9011, 0x9012, 0x9010)
OFFSET: Final = re.compile(r"([+-])(\d{2}):?(\d{2})")
MOST_OFFSET: Final = 14 * 60
MOST_SOFTWARE: Final = 64
NORTH_SOUTH: Final = (1, 2, "N", "S", 90.0)
EAST_WEST: Final = (3, 4, "E", "W", 180.0)


def orientation(image: Image.Image) -> int:
    """1 to 8; 1, as it lies, for a picture that says nothing or nonsense."""
    return int(_attempted(lambda: int(image.getexif().get(ORIENTATION, 1))) or 1)


def told_by_camera(image: Image.Image) -> Mapping[str, Any]:
    """`captured`, `offset_minutes`, `point` and `software`, as JSON takes them."""
    notes = _attempted(image.getexif) or {}
    taken = _attempted(lambda: image.getexif().get_ifd(EXIF)) or {}
    place = _attempted(lambda: image.getexif().get_ifd(GPS)) or {}
    return {
        "captured": _first(_moment, taken, TAKEN),
        "offset_minutes": _first(_offset, taken, OFFSETS),
        "point": _attempted(lambda: _point(place)),
        "software": _attempted(lambda: _words(notes.get(SOFTWARE))) or "",
    }


def _attempted(read: Callable[[], Any]) -> Any:
    try:
        return read()
    except Exception:  # noqa: BLE001  hostile notes make readers raise anything
        return None


def _first(read: Callable[[str], Any], notes: Mapping[int, Any], tags: tuple[int, ...]) -> Any:
    """The first of these notes that can be read."""
    for tag in tags:
        told = _attempted(partial(_read, read, notes, tag))
        if told is not None:
            return told
    return None


def _read(read: Callable[[str], Any], notes: Mapping[int, Any], tag: int) -> Any:
    return read(_words(notes[tag])) if tag in notes else None


def _words(note: Any) -> str:
    text = note.decode("ascii", "replace") if isinstance(note, bytes) else str(note or "")
    printable = "".join(mark if mark.isprintable() else " " for mark in text.partition("\0")[0])
    return printable.strip()[:MOST_SOFTWARE]


def _moment(text: str) -> str:
    # Zeros are what a camera writes whose clock was never set: no such day, so no time.
    return datetime.strptime(text[:19], "%Y:%m:%d %H:%M:%S").isoformat()  # noqa: DTZ007  a wall clock


def _offset(text: str) -> int | None:
    found = OFFSET.fullmatch(text)
    if found is None:
        return None
    minutes = int(found[2]) * 60 + int(found[3])
    return None if minutes > MOST_OFFSET else -minutes if found[1] == "-" else minutes


def _point(notes: Mapping[int, Any]) -> list[float] | None:
    """Degrees north and east; None for half a position, no number, or the point 0, 0.

    Zeros are what a receiver writes that has not found itself yet; that point lies in the sea.
    """
    north, east = _degrees(notes, *NORTH_SOUTH), _degrees(notes, *EAST_WEST)
    return None if north is None or east is None or (north, east) == (0, 0) else [north, east]


def _degrees(  # noqa: PLR0917  one line of a table
    notes: Mapping[int, Any], side_tag: int, tag: int, plus: str, minus: str, most: float
) -> float | None:
    if tag not in notes:
        return None
    degrees, minutes, seconds = (float(part) for part in notes[tag])
    value = degrees + minutes / 60 + seconds / 3600
    side = _words(notes.get(side_tag))[:1].upper()
    # No number compares with anything, so this lets none of them pass.
    if side not in {plus, minus} or not 0 <= value <= most:
        return None
    return round(-value if side == minus else value, 6)
