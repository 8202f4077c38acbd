"""What an alert says: which rung of which clock, for the first time or again; several as one."""

from dataclasses import replace
from typing import Any

from workflows.cases.machine import Moved
from workflows.escalation.ladder import Rung
from workflows.notices import Notice


def news_of(moved: Moved, rung: Rung) -> dict[str, Any]:
    """One rung as the card needs it; JSON-able.

    `early` is one that came before its time because nobody below it could be reached. Of what
    is told again `known_by` and `known_at` say who had acknowledged it. By `condition` and `round`
    a message that waits for the morning knows whether it still means something then.
    """
    given = moved.given
    clock = moved.before.clock(given.clock) if given.clock else None
    alert = clock.alert if clock and given.again else None
    return {
        "rung": given.rung,
        "clock": given.clock.value if given.clock else "",
        "condition": rung.condition.value,
        "round": clock.round if clock else 0,
        "again": given.again,
        "early": bool(moved.details.get("early")),
        "known_by": alert.known_by if alert else None,
        "known_at": alert.known_at.isoformat() if alert and alert.known_at else None,
    }


def as_data(*news: dict[str, Any]) -> dict[str, Any]:
    """For a notice: the highest rung by name, and all of them with the highest first."""
    ordered = sorted(news, key=lambda one: one["rung"], reverse=True)
    return {"rung": ordered[0]["rung"], "clock": ordered[0]["clock"], "news": ordered}


def told_at_once(known: Notice | None, notice: Notice) -> Notice:
    """The one message that a person gets of two that the same change owes them.

    Rungs of several clocks become one card that names them all; beside a rung nothing else is
    said, since the card shows what has become of the case. Of others the later loud one counts.
    """
    if known is None:
        return notice
    stronger = notice if _weight(notice) >= _weight(known) else known
    if "news" in known.data and "news" in notice.data:
        news = as_data(*known.data["news"], *notice.data["news"])
        return replace(stronger, because=news["rung"], data={**stronger.data, **news})
    if "news" in known.data and known.loud and _weight(known) == _weight(notice):
        return known
    return stronger


def _weight(notice: Notice) -> tuple[bool, bool]:
    """Of several for one person that counts which rings now, then that which rings at all."""
    return notice.loud and not notice.held, notice.loud
