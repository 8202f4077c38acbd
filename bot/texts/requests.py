"""Requests in words: what is asked, what became of it, and what can be asked of a case."""

from typing import Final

from bot.i18n import N_
from workflows.requests.request import RequestKind, RequestState

REQUESTS: Final[dict[RequestKind, str]] = {
    RequestKind.RETURN: N_("return"),
    RequestKind.EXTENSION: N_("extension"),
    RequestKind.SUSPENSION: N_("suspension"),
    RequestKind.VOID: N_("void"),
    RequestKind.APPEAL: N_("overdue appeal"),
}

OUTCOMES: Final[dict[RequestState, str]] = {
    RequestState.ASKED: N_("waits to be endorsed"),
    RequestState.ENDORSED: N_("waits to be decided"),
    RequestState.GRANTED: N_("granted"),
    RequestState.REFUSED: N_("refused"),
    RequestState.WITHDRAWN: N_("withdrawn"),
    RequestState.LAPSED: N_("lapsed"),
}
