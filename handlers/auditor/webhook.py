"""News by a signed call: JSON for the programs of those on watch."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import aiohttp

from bot.letter import Letters
from handlers.auditor.channel import UndeliveredError
from handlers.auditor.signature import signed
from workflows.auditing.faults import Fault
from workflows.auditing.telling import News

LIMITS: Final = aiohttp.ClientTimeout(total=10)


@dataclass(frozen=True, slots=True)
class Webhook:
    """Implements `handlers.auditor.channel.Channel`."""

    url: str = field(repr=False)
    secret: str = field(repr=False)
    letters: Letters
    name: str = "webhook"

    async def tell(self, news: News) -> None:
        """Any 2xx is a receipt; redirects are not followed. Raises UndeliveredError."""
        body = json.dumps(told(news, self.letters), ensure_ascii=False).encode()
        headers = {
            "Content-Type": "application/json",
            **signed(self.secret, body, int(news.at.timestamp())),
        }
        try:
            async with (
                aiohttp.ClientSession(timeout=LIMITS) as session,
                session.post(
                    self.url, data=body, headers=headers, allow_redirects=False
                ) as answer,
            ):
                status = answer.status
        except (aiohttp.ClientError, OSError, ValueError) as no:
            raise UndeliveredError(type(no).__name__) from None
        if not 200 <= status < 300:
            raise UndeliveredError(f"status {status}")


def told(news: News, letters: Letters) -> Mapping[str, Any]:
    """The body, as docs/operations/auditor.md describes it."""

    def one(fault: Fault) -> Mapping[str, Any]:
        return {
            "rule": fault.rule.value,
            "what": letters.what(fault),
            "count": fault.count,
            "at_least": fault.more,
            "cases": list(fault.cases),
            "detail": fault.detail,
            "since": news.since[fault.rule].isoformat(),
            "runbook": letters.page(fault.rule),
        }

    return {
        "kind": "paidan.audit",
        "at": news.at.isoformat(),
        "all_well": news.is_all_well,
        "new": [one(fault) for fault in news.fresh],
        "standing": [one(fault) for fault in news.standing],
        "over": [
            {
                "rule": over.rule.value,
                "since": over.since.isoformat(),
                "until": over.seen.isoformat(),
            }
            for over in news.over
        ],
    }
