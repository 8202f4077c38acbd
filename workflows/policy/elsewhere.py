"""What a grid does not take, and who does: topics with their words and their bodies."""

from dataclasses import dataclass
from typing import NewType

TopicKey = NewType("TopicKey", str)


@dataclass(frozen=True, slots=True)
class Topic:
    """A matter for somebody else. `hotline` is empty where the city's own line passes it on.

    `source` says where the row comes from; "ours" is our own judgement, since domain.md names
    none of these bodies.
    """

    key: TopicKey
    zh: str
    en: str
    words: tuple[str, ...]
    body_zh: str
    body_en: str
    hotline: str
    source: str
