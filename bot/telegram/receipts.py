"""What is remembered of a shown card: its message, its pictures, its pin, and how it looked."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from bot.chat import Shot
from bot.telegram.screen import Screen


@dataclass(frozen=True, slots=True)
class Receipt:
    """Message ids in one chat. `marks` names every picture tried, shown or not.

    `message` is 0 while only pictures or pin have arrived.
    """

    chat: str
    message: int = 0
    album: tuple[int, ...] = ()
    place: int = 0
    marks: frozenset[str] = frozenset()
    unseen: int = 0
    digest: str = ""

    @classmethod
    def read(cls, data: Mapping[str, Any] | None) -> Self | None:
        """The receipt in this JSON, or None if it is not one of ours."""
        if not data or not isinstance(data.get("message"), int):
            return None
        return cls(
            chat=str(data.get("chat", "")),
            message=data["message"],
            album=tuple(data.get("album", ())),
            place=data.get("place", 0),
            marks=frozenset(data.get("marks", ())),
            unseen=data.get("unseen", 0),
            digest=data.get("digest", ""),
        )

    def written(self) -> dict[str, Any]:
        return {
            "chat": self.chat,
            "message": self.message,
            "album": list(self.album),
            "place": self.place,
            "marks": sorted(self.marks),
            "unseen": self.unseen,
            "digest": self.digest,
        }

    @property
    def keys(self) -> tuple[str, ...]:
        """Ids by which a reply is recognised: to the card, to a picture, to the pin."""
        return tuple(str(each) for each in (self.message, *self.album, self.place) if each)

    def has(self, shots: Iterable[Shot]) -> bool:
        """Whether all these pictures have been tried; one without a name never can be."""
        return all(self.marks & names for names in map(marks, shots) if names)

    def given_up(self, shots: Iterable[Shot]) -> Self:
        """As if all of these had been tried, those that were not, in vain."""
        left = [marks(shot) for shot in shots if marks(shot) and not self.has([shot])]
        return replace(self, marks=self.marks.union(*left), unseen=self.unseen + len(left))

    def looking(self, screen: Screen) -> Self:
        return replace(self, digest=digest(screen))


def marks(shot: Shot) -> frozenset[str]:
    """Names of one picture: a stored copy has its hash, a reference its id; it may gain one."""
    by_id = str(shot.ref.data.get("file_id", "")) if shot.ref else ""
    names = (shot.sha256, hashlib.sha256(by_id.encode()).hexdigest() if by_id else "")
    return frozenset(name[:16] for name in names if name)


def digest(screen: Screen) -> str:
    """How a message looks, in 22 characters: equal digests need no edit."""
    keyboard = screen.keyboard.model_dump(exclude_none=True) if screen.keyboard else None
    bold = [entity.model_dump(exclude_none=True) for entity in screen.entities]
    look = json.dumps([screen.text, bold, keyboard], sort_keys=True, default=str)
    return hashlib.sha256(look.encode()).hexdigest()[:22]
