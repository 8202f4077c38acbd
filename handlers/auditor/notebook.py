"""What the auditor remembers, in a file outside the database: how far it looked, whom it told."""

import json
import logging
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from workflows.auditing.faults import Line, Progress, Rule
from workflows.auditing.telling import Known, Memory

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Notes:
    """`memories` by channel; `mute_since` is when the messenger last stopped answering."""

    progress: Progress = field(default_factory=Progress)
    memories: Mapping[str, Memory] = field(default_factory=dict)
    mute_since: datetime | None = None

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Raises KeyError, TypeError or ValueError for what is not ours."""
        return cls(
            _progress(stored["progress"]),
            {name: _memory(rules) for name, rules in stored["memories"].items()},
            _instant(stored["mute_since"]),
        )

    def as_json(self) -> Mapping[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Notebook:
    """A file that is replaced whole, so that whoever dies while writing leaves the old one."""

    path: Path

    def read(self) -> Notes:
        """Empty where there is none yet; what cannot be read is begun anew, and logged."""
        try:
            return Notes.from_json(json.loads(self.path.read_bytes()))
        except FileNotFoundError:
            return Notes()
        except OSError as no:
            log.warning("the notebook cannot be read: %s", no)
            return Notes()
        except (KeyError, TypeError, ValueError, AttributeError) as no:
            log.warning("the notebook is not as it was written and is begun anew: %s", no)
            return Notes()

    def write(self, notes: Notes) -> bool:
        """False, logged, if it cannot be kept."""
        words = json.dumps(notes.as_json(), default=datetime.isoformat)
        fresh = self.path.with_name(f"{self.path.name}.{os.getpid()}.new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with fresh.open("w", encoding="utf-8") as file:
                file.write(words)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self.path)
        except OSError as no:
            log.warning("the notebook cannot be written: %s", no)
            return False
        return True


def _progress(stored: Mapping[str, Any]) -> Progress:
    lines = {
        "head": None if stored["head"] is None else Line(**stored["head"]),
        "walked": Line(**stored["walked"]),
        "suspects": tuple(stored["suspects"]),
        "nobody_since": _instant(stored["nobody_since"]),
    }
    return Progress(**{**stored, **lines})


def _memory(stored: Mapping[str, Any]) -> Memory:
    """A rule that this version does not know any more is forgotten."""
    known = {rule.value for rule in Rule}
    return {
        Rule(name): Known(
            datetime.fromisoformat(each["since"]),
            datetime.fromisoformat(each["seen"]),
            _instant(each["told"]),
        )
        for name, each in stored.items()
        if name in known
    }


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
