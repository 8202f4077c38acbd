"""A page of /metrics, read back by somebody else's parser."""

from collections.abc import Mapping
from dataclasses import dataclass

from prometheus_client.parser import text_string_to_metric_families

Sample = tuple[str, ...]
"""The name of a sample and the values of its labels, in their order."""


@dataclass(frozen=True, slots=True)
class Scraped:
    """Samples by name and labels; a missing one is an error of the test."""

    text: str
    samples: Mapping[Sample, float]
    labels: Mapping[str, frozenset[str]]

    def __getitem__(self, sample: Sample) -> float:
        return self.samples[sample]

    @property
    def names(self) -> set[str]:
        return {sample[0] for sample in self.samples}

    def named(self, name: str) -> list[tuple[Sample, float]]:
        return [(each[1:], value) for each, value in self.samples.items() if each[0] == name]


def scraped(text: str) -> Scraped:
    families = list(text_string_to_metric_families(text))
    every = [sample for family in families for sample in family.samples]
    return Scraped(
        text,
        {(each.name, *map(str, each.labels.values())): each.value for each in every},
        {each.name: frozenset(each.labels) for each in every},
    )
