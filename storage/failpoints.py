"""Named places at which a crash test kills this process; in service they do nothing.

`inbox.before_commit`, `inbox.after_commit`, `inbox.after_claim`, `work.before_commit`,
`work.after_commit`, `timer.after_claim`, `outbox.after_claim`, `outbox.before_result`,
`photo.after_claim`, `photo.in_stream`, `photo.before_seal`, `migration.middle`.
"""

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass

Reach = Callable[[str], None]
"""Called with the name of the place that the program has come to."""


def nowhere(_place: str) -> None:
    """Pass every place by."""


@dataclass(slots=True)
class Failpoint:
    """Kill this process, without any last word, the `turn`-th time it comes to one place."""

    place: str
    turn: int = 1

    def __call__(self, place: str) -> None:
        if place != self.place:
            return
        self.turn -= 1
        if self.turn == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def failpoint(words: str) -> Reach:
    """What a place written as `work.after_commit`, or `work.after_commit:3`, asks for."""
    place, _, turn = words.partition(":")
    if not place:
        return nowhere
    return Failpoint(place, int(turn or 1))
