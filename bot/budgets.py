"""How much we may say: sends and edits together, a chat and the whole bot (durability.md 2.2)."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from pyrate_limiter import Duration, InMemoryBucket, Rate, RateItem

from workflows.figures import SILENCE, Figures, Span
from workflows.notices import Address, Lane

EVERYBODY: Final = (Rate(25, Duration.SECOND),)
PRIVATE: Final = (Rate(3, Duration.SECOND * 3), Rate(18, Duration.MINUTE))
GROUP: Final = (Rate(18, Duration.MINUTE),)
QUIET: Final = (Rate(12, Duration.MINUTE),)
"""Edits and digests may use two thirds of a chat's minute, so that an alert always has room."""

MOST_CHATS: Final = 20_000


@dataclass(slots=True)
class Budgets:
    """Buckets in this process; only the holder of the sender's lease sends (one bot, one limit).

    `milliseconds` is a monotonic clock: real time, because the messenger's limits are.
    """

    milliseconds: Callable[[], int]
    figures: Figures = SILENCE
    _everybody: InMemoryBucket = field(default_factory=lambda: InMemoryBucket(list(EVERYBODY)))
    _chats: OrderedDict[tuple[Address, bool], InMemoryBucket] = field(default_factory=OrderedDict)

    def take(self, address: Address, lane: Lane, messages: int = 1) -> float:
        """Seconds to wait before trying again; 0 means that it is paid for and may go now."""
        buckets = [self._bucket(address, quiet=False), self._everybody]
        if lane >= Lane.EDIT:
            buckets.insert(0, self._bucket(address, quiet=True))
        wait = max(self._put(bucket, messages) for bucket in buckets)
        if not wait:
            self.figures.observe(Span.BUDGET_BOT, _share(self._everybody))
            self.figures.observe(Span.BUDGET_CHAT, _share(buckets[-2]))
        return wait

    def _put(self, bucket: InMemoryBucket, messages: int) -> float:
        now = self.milliseconds()
        bucket.leak(now)
        weight = min(messages, *(rate.limit for rate in bucket.rates))
        item = RateItem("message", now, weight=weight)
        if bucket.put(item):
            return 0.0
        waiting = bucket.waiting(item)
        assert isinstance(waiting, int)
        return max(waiting, 10) / 1000

    def _bucket(self, address: Address, *, quiet: bool) -> InMemoryBucket:
        key = (address, quiet)
        if key not in self._chats:
            kind = GROUP if address.chat.startswith("-") else PRIVATE
            self._chats[key] = InMemoryBucket(list(QUIET if quiet else kind))
            if len(self._chats) > MOST_CHATS:
                self._chats.popitem(last=False)
        self._chats.move_to_end(key)
        return self._chats[key]


def _share(bucket: InMemoryBucket) -> float:
    """How much of the longest allowance is used, 0 to 1."""
    return min(bucket.count() / bucket.rates[-1].limit, 1.0)
