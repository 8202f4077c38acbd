"""The call log: every Bot API call with its parameters, its answer and our warnings."""

from collections import deque
from dataclasses import dataclass, field
from typing import Any

from bot.simulator.state import JSON


@dataclass(slots=True)
class Call:
    """One call; `answer` stays None while it waits or when no answer was given."""

    number: int
    time: float
    bot: int
    method: str
    parameters: JSON
    warnings: list[str] = field(default_factory=list)
    status: int | None = None
    answer: Any = None
    fault: str | None = None

    def shown(self) -> JSON:
        return {
            "n": self.number,
            "time": self.time,
            "bot": self.bot,
            "method": self.method,
            "parameters": self.parameters,
            "warnings": self.warnings,
            "status": self.status,
            "answer": self.answer,
            "fault": self.fault,
        }


class CallLog:
    """The newest twenty thousand calls, numbered from 1."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=20_000)
        self._last = 0

    def open(self, time: float, bot: int, method: str, parameters: JSON) -> Call:
        self._last += 1
        call = Call(self._last, time, bot, method, parameters)
        self._calls.append(call)
        return call

    def since(self, number: int) -> list[JSON]:
        return [call.shown() for call in self._calls if call.number > number]
