"""Files: their bytes, their two kinds of id, and download links that live one hour."""

import hashlib
import secrets
from dataclasses import dataclass, field

from bot.simulator.clock import SimClock
from bot.simulator.state import JSON, Bot

LINK_SECONDS = 3600
DOWNLOAD_BYTES = 20 << 20
_FOLDERS = {"Photo": "photos", "Document": "documents", "Voice": "voice", "Sticker": "stickers"}
_PREFIXES = {"Photo": "AgACAgUAAx", "Document": "BQACAgUAAx", "Voice": "AwACAgUAAx"}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One upload, or one size of a picture; `family` lists all sizes, smallest first."""

    unique_id: str
    kind: str
    data: bytes
    family: tuple[str, ...] = ()
    width: int = 0
    height: int = 0
    name: str = ""
    mime: str = ""

    @property
    def size(self) -> int:
        return len(self.data)


@dataclass(slots=True)
class Link:
    path: str
    unique_id: str
    until: float


@dataclass(slots=True)
class FileStore:
    clock: SimClock
    by_unique: dict[str, StoredFile] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    _ids: dict[tuple[str, str], str] = field(default_factory=dict)
    _counter: int = 0

    def keep(self, data: bytes, *, kind: str, name: str = "", mime: str = "") -> StoredFile:
        """A new upload: a new unique id even for the same bytes."""
        stored = StoredFile(_unique(), kind, data, name=name, mime=mime)
        self.by_unique[stored.unique_id] = stored
        return stored

    def keep_picture(self, sizes: list[tuple[bytes, int, int]]) -> tuple[str, ...]:
        """All sizes of one picture, each with its own unique id; returns the family."""
        family = tuple(_unique() for _ in sizes)
        for unique_id, (data, width, height) in zip(family, sizes, strict=True):
            self.by_unique[unique_id] = StoredFile(
                unique_id, "Photo", data, family, width, height, mime="image/jpeg"
            )
        return family

    def id_for(self, bot: Bot, unique_id: str) -> str:
        """The `file_id` of a file: another one for every bot."""
        stored = self.by_unique[unique_id]
        digest = hashlib.sha256(f"{bot.salt}{unique_id}".encode()).hexdigest()
        file_id = _PREFIXES.get(stored.kind, "CAACAgUAAx") + digest
        self._ids[bot.salt, file_id] = unique_id
        return file_id

    def find(self, bot: Bot, file_id: str) -> StoredFile | None:
        unique_id = self._ids.get((bot.salt, file_id))
        return self.by_unique[unique_id] if unique_id else None

    def link(self, stored: StoredFile) -> str:
        """A path that can be downloaded for an hour from now."""
        now = self.clock.steady()
        for link in self.links.values():
            if link.unique_id == stored.unique_id and link.until > now:
                link.until = now + LINK_SECONDS
                return link.path
        self._counter += 1
        ending = stored.name.rpartition(".")[2].lower() if "." in stored.name else ""
        ending = "jpg" if stored.kind == "Photo" else ending
        dot = f".{ending}" if ending.isascii() and ending.isalnum() else ""
        path = f"{_FOLDERS[stored.kind]}/file_{self._counter}{dot}"
        self.links[path] = Link(path, stored.unique_id, now + LINK_SECONDS)
        return path

    def open(self, path: str) -> StoredFile | None:
        """What a link leads to; nothing once its hour is over."""
        link = self.links.get(path)
        if link is None or link.until <= self.clock.steady():
            return None
        return self.by_unique[link.unique_id]

    def photo_json(self, bot: Bot, family: tuple[str, ...]) -> list[JSON]:
        return [self._size_json(bot, self.by_unique[each]) for each in family]

    def _size_json(self, bot: Bot, stored: StoredFile) -> JSON:
        shown = self.file_json(bot, stored)
        return shown | {"width": stored.width, "height": stored.height}

    def file_json(self, bot: Bot, stored: StoredFile) -> JSON:
        return {
            "file_id": self.id_for(bot, stored.unique_id),
            "file_unique_id": stored.unique_id,
            "file_size": stored.size,
        }

    def document_json(self, bot: Bot, stored: StoredFile) -> JSON:
        shown = self.file_json(bot, stored)
        if stored.name:
            shown["file_name"] = stored.name
        if stored.mime:
            shown["mime_type"] = stored.mime
        return shown


def _unique() -> str:
    return "AQAD" + secrets.token_urlsafe(9).replace("-", "x").replace("_", "y")
