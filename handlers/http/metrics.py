"""The figures as Prometheus reads them; the only module that knows its client.

Every name, help text and label of /metrics stands in these tables.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Final, Protocol

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from bot.chat import Outcome
from workflows.escalation.ladder import Level
from workflows.figures import Count, Gauge, Span
from workflows.notices import Lane
from workflows.policy.catalogue import Urgency
from workflows.refusals import Reason

disable_created_metrics()  # type: ignore[no-untyped-call]

CONTENT_TYPE: Final = CONTENT_TYPE_PLAIN_0_0_4
PREFIX: Final = "paidan_"

# A label `job` would be Prometheus's own word for us, so a job of ours is a `task` there.
COUNTS: Final[Mapping[Count, tuple[str, str, tuple[str, ...]]]] = {
    Count.ACTS: ("acts", "Lines of the journal", ("action",)),
    Count.RUNGS: ("rungs", "Rungs climbed, told or passed", ("level", "urgency", "how")),
    Count.EXHAUSTED: ("ladders_exhausted", "Cases whose ladder came to its end", ("urgency",)),
    Count.SENDS: ("sends", "Attempts to send a message", ("lane", "outcome")),
    Count.BUDGET_WAITS: ("budget_waits", "Waits for the messenger's allowance", ("lane",)),
    Count.RECEIVED: ("updates_received", "Updates stored for the first time", ()),
    Count.UPDATES: ("updates", "Updates that were read", ("result",)),
    Count.REFUSALS: ("refusals", "What people were refused", ("reason",)),
    Count.PHOTOS: ("photos", "Photos that were fetched, or not", ("result",)),
    Count.JOBS: ("job_runs", "Runs of each job", ("task", "result")),
    Count.TRANSACTIONS: ("transactions", "Transactions of the verbs", ("result",)),
    Count.REQUESTS: ("http_requests", "What was asked over HTTP", ("asked", "status")),
}
SPANS: Final[Mapping[Span, tuple[str, str, tuple[str, ...]]]] = {
    Span.LATENESS: ("timer_lateness_seconds", "From a timer's time to its effects", ()),
    Span.DELIVERY: ("delivery_seconds", "From when a message may go to there", ("lane",)),
    Span.UPDATE: ("update_seconds", "From storing an update to its end", ()),
    Span.JOB: ("job_seconds", "How long a run of a job takes", ("task",)),
    Span.TRANSACTION: ("transaction_seconds", "How long a transaction takes", ()),
    Span.BUDGET_BOT: ("budget_bot_share", "Share of the bot's second that is used", ()),
    Span.BUDGET_CHAT: ("budget_chat_share", "Share of a chat's minute that is used", ()),
}
SECONDS: Final = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 60.0, 300.0, 1800.0, 14400.0)
SHARES: Final = (0.1, 0.25, 0.5, 0.75, 0.9, 1.0)
LATENESSES: Final = (0.5, 1.0, 2.0, 5.0, 7.5, 10.0, 15.0, 30.0, 60.0, 300.0, 1800.0, 14400.0)
BUCKETS: Final[Mapping[Span, Sequence[float]]] = {
    Span.LATENESS: LATENESSES,
    Span.BUDGET_BOT: SHARES,
    Span.BUDGET_CHAT: SHARES,
}

LANES: Final = tuple(lane.name.lower() for lane in Lane)
FROM_ZERO: Final[Mapping[Count, tuple[Sequence[str], ...]]] = {
    Count.RUNGS: (tuple(Level), tuple(Urgency), ("told", "passed")),
    Count.EXHAUSTED: (tuple(Urgency),),
    Count.SENDS: (LANES, (*Outcome, "put_off", "superseded")),
    Count.BUDGET_WAITS: (LANES,),
    Count.UPDATES: (("done", "retry", "given_up", "poison", "lease_lost"),),
    Count.REFUSALS: (tuple(Reason),),
    Count.PHOTOS: (("kept", "too_large", "unreadable", "not_a_picture", "unreachable", "retry"),),
    Count.TRANSACTIONS: (("committed", "refused", "lease_lost", "storage_down", "failed"),),
}
"""Shown as 0 before they first happen: else the first time would look like no rise at all."""


class Metrics(Protocol):
    """What the HTTP door needs to answer a scrape."""

    async def page(self) -> bytes: ...


Look = Callable[[], Awaitable[Sequence[Gauge]]]
"""How things stand now; must come to an end by itself and never raises."""


@dataclass(slots=True)
class PrometheusFigures:
    """Implements `workflows.figures.Figures`, with a registry of its own for each city."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    _counts: dict[Count, Counter] = field(init=False)
    _spans: dict[Span, Histogram] = field(init=False)

    def __post_init__(self) -> None:
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        self._counts = {
            count: Counter(PREFIX + name, f"{text}.", labels, registry=self.registry)
            for count, (name, text, labels) in COUNTS.items()
        }
        self._spans = {
            span: Histogram(
                PREFIX + name,
                f"{text}.",
                labels,
                registry=self.registry,
                buckets=BUCKETS.get(span, SECONDS),
            )
            for span, (name, text, labels) in SPANS.items()
        }
        for count, values in FROM_ZERO.items():
            for labels in product(*values):
                self._counts[count].labels(*labels)

    def count(self, what: Count, *labels: str, by: int = 1) -> None:
        counter = self._counts[what]
        (counter.labels(*labels) if labels else counter).inc(by)

    def observe(self, what: Span, value: float, *labels: str) -> None:
        histogram = self._spans[what]
        (histogram.labels(*labels) if labels else histogram).observe(value)

    def page(self, gauges: Iterable[Gauge]) -> bytes:
        """Everything that was counted, and how things stand now."""
        return generate_latest(self.registry) + generate_latest(_Standing(gauges))


@dataclass(frozen=True, slots=True)
class _Standing(Collector):
    """For one scrape: what was just looked up, and nothing that stays."""

    gauges: Iterable[Gauge]

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for gauge in self.gauges:
            family = GaugeMetricFamily(PREFIX + gauge.name, f"{gauge.help}.", labels=gauge.labels)
            for labels, value in sorted(gauge.values.items()):
                family.add_metric(labels, value)
            yield family


@dataclass(frozen=True, slots=True)
class Scrape:
    """Implements `Metrics`: what was counted, and a look at what waits."""

    figures: PrometheusFigures
    look: Look

    async def page(self) -> bytes:
        return self.figures.page(await self.look())
