"""Misbehaviour on request: rules that spoil a call, an update or a reply (architecture.md 8)."""

import itertools
from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum

from bot.simulator.state import JSON


class FaultKind(StrEnum):
    """What goes wrong, and which further fields a rule reads."""

    TOO_MANY = "429"  # retry_after
    BAD_GATEWAY = "502"
    TIMEOUT = "timeout"  # delivered, never answered; seconds
    DROP = "drop"  # delivered: true | false
    TRUNCATED = "truncated"  # the answer ends in the middle
    DELAY = "delay"  # seconds
    BLOCKED = "blocked"
    MIGRATED = "migrated"  # to
    ANSWER = "answer"  # status, body, delivered
    UNKNOWN_REPLY_TAG = "unknown_reply_tag"
    DUPLICATE_UPDATE = "duplicate_update"
    UNDECODABLE_UPDATE = "undecodable_update"
    UNKNOWN_UPDATE_TAG = "unknown_update_tag"


BEFORE_CALL = frozenset(
    {
        FaultKind.TOO_MANY,
        FaultKind.BAD_GATEWAY,
        FaultKind.TIMEOUT,
        FaultKind.DROP,
        FaultKind.TRUNCATED,
        FaultKind.DELAY,
        FaultKind.BLOCKED,
        FaultKind.MIGRATED,
        FaultKind.ANSWER,
        FaultKind.UNKNOWN_REPLY_TAG,
    }
)
_OTHER_NAMES = {
    "too_many_requests": FaultKind.TOO_MANY,
    "retry_after": FaultKind.TOO_MANY,
    "flood": FaultKind.TOO_MANY,
    "bad_gateway": FaultKind.BAD_GATEWAY,
    "502_html": FaultKind.BAD_GATEWAY,
    "timeout_after_delivery": FaultKind.TIMEOUT,
    "dropped": FaultKind.DROP,
    "dropped_connection": FaultKind.DROP,
    "drop_connection": FaultKind.DROP,
    "duplicate": FaultKind.DUPLICATE_UPDATE,
    "undecodable": FaultKind.UNDECODABLE_UPDATE,
    "unknown_tag_update": FaultKind.UNKNOWN_UPDATE_TAG,
    "unknown_tag_in_update": FaultKind.UNKNOWN_UPDATE_TAG,
    "unknown_tag_reply": FaultKind.UNKNOWN_REPLY_TAG,
    "unknown_tag_in_reply": FaultKind.UNKNOWN_REPLY_TAG,
}
_TAG = "a_kind_of_tomorrow"


@dataclass(slots=True)
class Fault:
    """One rule; `left` counts how often it still strikes, None means always."""

    id: int
    kind: FaultKind
    method: str | None
    chat: int | None
    left: int | None
    detail: JSON

    def shown(self) -> JSON:
        return self.detail | {"id": self.id, "kind": self.kind.value, "left": self.left}


@dataclass(slots=True)
class Faults:
    rules: list[Fault] = field(default_factory=list)
    _ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def plan(self, given: JSON) -> Fault:
        """Add a rule; `count` 0 or null means for ever. ValueError for an unknown kind."""
        name = str(given.get("kind", "")).lower().replace(" ", "_").replace("-", "_")
        kind = _OTHER_NAMES.get(name) or FaultKind(name)
        count = given.get("count", 1)
        method = str(given["method"]).lower() if given.get("method") else None
        chat = int(given["chat"]) if given.get("chat") else None
        rule = Fault(next(self._ids), kind, method, chat, count or None, dict(given))
        self.rules.append(rule)
        return rule

    def take(
        self, kinds: Collection[FaultKind], *, method: str = "", chat: int | None = None
    ) -> Fault | None:
        """The first rule that strikes now. A rule without a method spares the get… methods."""
        for rule in self.rules:
            spared = rule.method is None and method.startswith("get")
            fits = rule.method in {None, method} and rule.chat in {None, chat}
            chatless = rule.kind in _NEED_CHAT and rule.method is None and chat is None
            if rule.kind in kinds and fits and not spared and not chatless:
                self._count_down(rule)
                return rule
        return None

    def _count_down(self, rule: Fault) -> None:
        if rule.left is not None:
            rule.left -= 1
            if rule.left <= 0:
                self.rules.remove(rule)


#: Verdicts about a chat: they strike only calls that name one.
_NEED_CHAT = frozenset({FaultKind.TOO_MANY, FaultKind.BLOCKED, FaultKind.MIGRATED})


def _future_origin(date: int) -> JSON:
    return {"type": _TAG, "date": date}


def spoiled_update(kind: FaultKind, payload: JSON, date: int) -> JSON:
    """A payload no model can read, or one with a tag that does not exist yet."""
    if kind is FaultKind.UNDECODABLE_UPDATE:
        return {"message_id": "not a number", "id": [], "date": {}}
    if "data" in payload:
        return payload | {"message": dict(payload["message"], forward_origin=_future_origin(date))}
    return payload | {"forward_origin": _future_origin(date)}


def spoiled_reply(result: object, date: int) -> object:
    if isinstance(result, list):
        return [spoiled_reply(each, date) for each in result]
    return (
        dict(result, forward_origin=_future_origin(date)) if isinstance(result, dict) else result
    )
