"""The journal's chain read from end to end: which lines were changed, removed or slipped in.

One wrong line must not hide the next, so the walk goes on behind it; it looks one line ahead,
because only the line after tells a changed line from one that was slipped in. Whoever rewrites
all lines with all their hashes is found by the heads that were published outside.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

MOST_MISSING: Final = 200
"""So many lines may have been taken out in one place, numbers closed up, and be counted yet."""


class Harm(StrEnum):
    """What was done to the journal."""

    CHANGED = "changed"
    REMOVED = "removed"
    INSERTED = "inserted"
    REWRITTEN = "rewritten"
    """Whole with its hashes: only a head that was published outside can tell."""
    HEAD = "head"
    """The end of the chain is remembered otherwise than the last line says."""
    FORGED_HEAD = "forged_head"
    """A line of the heads' file that does not carry our signature, or cannot be read."""
    UNGUARDED = "unguarded"
    """A trigger that forbids changes is missing or switched off."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Lines `first` to `last` of the journal (of the file for FORGED_HEAD, 0 for none).

    `sure` is False where the line before may be the one that was rewritten, with its hash.
    """

    harm: Harm
    first: int
    last: int
    sure: bool = True
    name: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """One line: its number, its hash, and the hash it must have after another, by number."""

    seq: int
    hash: str
    seal: Callable[[str, int], str]


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the journal at some time, as it was published or is remembered."""

    seq: int
    hash: str
    at: datetime | None = None


@dataclass(slots=True)
class Walk:
    """Feed it every line in order, then `end` it; `published` heads are sorted by number.

    `_moved` is what must be added to a line's number to have the one it was written under.
    """

    published: Sequence[Head] = ()
    _hash: str = ""
    _seq: int = 0
    _moved: int = 0
    _held: Link | None = None
    _agreed: int = 0
    _next: int = field(default=0)

    def feed(self, link: Link) -> Iterator[Wrong]:
        """What is wrong with the line before this one."""
        held, self._held = self._held, link
        if held is not None:
            yield from self._judge(held, link)

    def end(self, remembered: Head) -> Iterator[Wrong]:
        """What is wrong with the last line, and with the end."""
        if self._held is not None:
            yield from self._judge(self._held, None)
        last = self._seq
        if remembered.seq > last + max(self._moved, 0):
            yield Wrong(Harm.REMOVED, last + 1, remembered.seq)
        elif remembered.seq < last + min(self._moved, 0):
            yield Wrong(Harm.INSERTED, remembered.seq + 1, last)
        elif remembered.hash != self._hash:
            yield Wrong(Harm.HEAD, remembered.seq, remembered.seq)
        for head in self.published[self._next :]:
            if head.seq > max(last, remembered.seq):
                yield Wrong(Harm.REMOVED, max(last, remembered.seq) + 1, head.seq)

    def _judge(self, held: Link, following: Link | None) -> Iterator[Wrong]:
        if held.seq > self._seq + 1:
            yield Wrong(Harm.REMOVED, self._seq + 1, held.seq - 1)
        elif held.hash != held.seal(self._hash, held.seq + self._moved):
            yield from self._broken(held, following)
            if self._seq == held.seq:  # slipped in: the chain goes past it
                return
        self._seq, self._hash = held.seq, held.hash
        yield from self._compare(held)

    def _broken(self, held: Link, following: Link | None) -> Iterator[Wrong]:
        """The line does not follow from the one before: the next one says why."""
        if following is None or _follows(following, held.hash, self._moved):
            yield Wrong(Harm.CHANGED, held.seq, held.seq, sure=self._is_proven())
        elif _follows(following, self._hash, self._moved - 1):
            yield Wrong(Harm.INSERTED, held.seq, held.seq)
            self._seq, self._moved = held.seq, self._moved - 1
        elif missing := self._missing(held, following):
            written = held.seq + self._moved
            yield Wrong(Harm.REMOVED, written, written + missing - 1)
            self._moved += missing
        else:
            yield Wrong(Harm.CHANGED, held.seq, held.seq, sure=False)

    def _missing(self, held: Link, following: Link) -> int:
        """How many lines were taken out before this one and the numbers closed up; 0 if none."""
        for missing in range(1, MOST_MISSING + 1):
            if _follows(following, held.hash, self._moved + missing):
                return missing
        return 0

    def _is_proven(self) -> bool:
        """Nobody can have rewritten the line before if it is the first or was published."""
        return self._seq in {0, self._agreed}

    def _compare(self, link: Link) -> Iterator[Wrong]:
        """Every published head up to this line; whatever lies since the last that agreed."""
        number = link.seq + self._moved
        while self._next < len(self.published) and self.published[self._next].seq <= number:
            head = self.published[self._next]
            self._next += 1
            if head.seq != number:
                continue
            if head.hash != link.hash:
                yield Wrong(Harm.REWRITTEN, self._agreed + 1, head.seq)
            self._agreed = head.seq


def _follows(link: Link, before: str, moved: int) -> bool:
    return link.hash == link.seal(before, link.seq + moved)
