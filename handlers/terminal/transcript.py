"""A story being told: who does what, what then stands on whose phone, and which step failed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TextIO
from unicodedata import combining, east_asian_width
from zoneinfo import ZoneInfo

from handlers.terminal.stage import Shown

NAME_WIDE: Final = 18
"""Columns for name and part: five Chinese characters and a job."""

RULE_WIDE: Final = 96
INDENT: Final = " " * (8 + NAME_WIDE + 2)


class StepFailedError(Exception):
    """Something that had to be on a phone was not there; `phone` is how it looks instead."""

    def __init__(self, step: str, why: str, phone: str) -> None:
        super().__init__(step)
        self.step = step
        self.why = why
        self.phone = phone


@dataclass(slots=True)
class Transcript:
    """Prints line by line as the story goes on; `steps` counts what was seen."""

    out: TextIO
    zone: ZoneInfo
    steps: int = 0
    chapters: int = 0
    _line: tuple[str, str] = field(default=("", ""))

    def chapter(self, zh: str, en: str, at: datetime) -> None:
        self.chapters += 1
        title = f"━━ {self.chapters} · {zh} · {en} "
        day = f" {at.astimezone(self.zone):%Y-%m-%d %a} ━━"
        gap = "━" * max(RULE_WIDE - columns(title) - columns(day), 2)
        self._print(f"\n{title}{gap}{day}")
        self._line = ("", "")

    def aside(self, en: str) -> None:
        """A stage direction."""
        self._print(f"{INDENT}— {en}")
        self._line = ("", "")

    def act(self, who: str, at: datetime, words: str) -> None:
        """Somebody does something on their phone."""
        self._say(who, at, "▸", words)

    def screen(self, who: str, at: datetime, shown: Shown, beside: Sequence[str] = ()) -> None:
        """What somebody sees: the words of a message, its buttons, and what came with it."""
        marks = [*beside, *(["无声"] if shown.silent else [])]
        lines = shown.text.splitlines() or [""]
        lines += [" ".join(f"[{label}]" for label in row) for row in shown.rows]
        lines += [f"({' · '.join(marks)})"] if marks else []
        self._say(who, at, "◂", *lines)

    def toast(self, words: str) -> None:
        self._print(f"{INDENT}  ‹{words}›")

    def seen(self) -> None:
        self.steps += 1

    def ended(self) -> None:
        self._print(f"\n✓ {self.steps} 步都在手机上看到了 · {self.steps} steps seen on the phones")

    def failed(self, no: StepFailedError) -> None:
        self._print(f"\n✗ 第 {self.steps + 1} 步没有看到 · step not seen: {no.step}")
        self._print(f"  {no.why}\n\n{no.phone}")

    def _say(self, who: str, at: datetime, sign: str, *lines: str) -> None:
        """Name and time once, not again on every line of the same moment."""
        moment = f"{at.astimezone(self.zone):%H:%M}"
        head = f"{moment}   {padded(who, NAME_WIDE)}"
        if (moment, who) == self._line:
            head = " " * (8 + NAME_WIDE)
        self._line = (moment, who)
        first, *rest = lines
        self._print(f"{head}{sign} {first}")
        for line in rest:
            self._print(f"{INDENT}{line}")

    def _print(self, line: str) -> None:
        print(line.rstrip(), file=self.out, flush=True)


def columns(text: str) -> int:
    """How wide a terminal shows it: Chinese characters take two columns."""
    return sum(
        0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1 for letter in text
    )


def padded(text: str, wide: int) -> str:
    return text + " " * max(wide - columns(text), 1)
