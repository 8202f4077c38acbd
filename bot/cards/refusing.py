"""Words for a refusal and for a press: one sentence that says what to do next."""

from datetime import datetime
from typing import Any, Final

from bot import times
from bot.i18n import N_, Tongue
from bot.plain import cut, one_line
from bot.texts.asking import FIELDS
from bot.texts.done import DONE
from bot.texts.evidence import MISSING
from bot.texts.law import ACTION_NAMES, STATES, STATES_IN_SHORT
from bot.texts.people import ROLES
from bot.texts.refusing import (
    ENDED_ALREADY,
    GUARDS,
    NEVER_SUPERVISED,
    NOT_THERE_YET,
    NOTHING_ASKED,
    REFUSALS,
    WHO_WAS_FIRST,
)
from bot.texts.requests import OUTCOMES, REQUESTS
from bot.texts.spoken import word_for
from workflows.book import Book
from workflows.cases.case import ENDED, Action, CaseId, Proof, State
from workflows.deadlines.limits import Limit
from workflows.hotline.intake import Field
from workflows.people import Role
from workflows.refusals import Reason, Refused
from workflows.requests.request import RequestKind, RequestState

BYTES_IN_MB: Final = 1024 * 1024
REPEATED: Final = frozenset({Action.ATTACH_PHOTO, Action.ADD_NOTE})
"""Facts that may be added again and again: that one was added before forbids nothing."""

TELLS_WHEN: Final = frozenset({Reason.TAUGHT_BY_YOU, Reason.UNDONE_ALREADY})


def toast(action: Action, case: CaseId, tongue: Tongue, at: datetime) -> str:
    """The answer to a press: #42 已签收 10:32. `at` is in the zone that it is to be read in."""
    return tongue(DONE[action], case=case, time=f"{at:%H:%M}")


def refusal(no: Refused, tongue: Tongue, book: Book, now: datetime | None = None) -> str:
    """One sentence for any refusal, of a verb or as stored in a notice.

    Without `now` a time is told by the hour alone.
    """
    reason = Reason(no.reason)
    if reason is Reason.NOT_NOW:
        return _not_now(no.data, tongue, book, now)
    if reason is Reason.PROOF_MISSING:
        return _missing(no.data, tongue, book, now)
    places = _places(no.data, tongue)
    if no.data.get("at"):
        at = datetime.fromisoformat(str(no.data["at"]))
        places["time"] = times.moment(at, now or at, book.calendar.zone, tongue)
    if reason is Reason.PHOTO_TOO_LARGE:
        places["most"] = int(no.data.get("most", 0)) // BYTES_IN_MB
    if reason in TELLS_WHEN:
        told = no.data.get("at")
        places["time"] = _moment(str(told), tongue, book, now) if told else ""
        places["who"] = _who(no.data.get("who"), tongue)
    return tongue(REFUSALS[reason], **places)


def _not_now(data: dict[str, Any], tongue: Tongue, book: Book, now: datetime | None) -> str:
    """Who was first, if somebody was; else why it does not fit."""
    case, state = data.get("case_id", ""), str(data.get("state", ""))
    if guard := _guard(data):
        return tongue(guard, **_guard_places(data, tongue, book, now))
    if data.get("at") and data.get("did") and data["did"] not in REPEATED:
        same = data["did"] == data.get("action")
        waits = not same and state in set(State) - ENDED
        return tongue(
            NOT_THERE_YET if waits else WHO_WAS_FIRST,
            case=case,
            who=_who(data.get("who"), tongue),
            did=_did(str(data["did"]), tongue),
            time=_moment(str(data["at"]), tongue, book, now),
            state=tongue(STATES_IN_SHORT[State(state)]) if waits else "",
        )
    if state in ENDED:
        return tongue(ENDED_ALREADY, case=case, state=tongue(STATES[State(state)]))
    return tongue(REFUSALS[Reason.NOT_NOW], case=case)


def _moment(said: str, tongue: Tongue, book: Book, now: datetime | None) -> str:
    at = datetime.fromisoformat(said)
    return times.moment(at, now or at, book.calendar.zone, tongue)


def _guard(data: dict[str, Any]) -> str:
    """The sentence of the condition that is not met, if it has its facts."""
    guard = str(data.get("guard", ""))
    if data.get("never"):
        return NEVER_SUPERVISED
    if guard == "request_waits" and not data.get("request"):
        return NOTHING_ASKED
    return GUARDS.get(guard, "")


def _guard_places(
    data: dict[str, Any], tongue: Tongue, book: Book, now: datetime | None
) -> dict[str, object]:
    """Who did what when, as far as the condition knows."""
    limit = Limit.from_json(data["limit"]) if data.get("limit") else None
    kind, outcome = data.get("request"), data.get("outcome")
    return {
        "who": _who(data.get("who"), tongue),
        "did": _did(str(data.get("did", "")), tongue),
        "time": _moment(str(data["at"]), tongue, book, now) if data.get("at") else "",
        "minutes": data.get("minutes", ""),
        "request": tongue(REQUESTS[RequestKind(kind)]) if kind else "",
        "outcome": tongue(OUTCOMES[RequestState(outcome)]) if outcome else "",
        "limit": times.limit_words(limit.value, limit.unit, tongue) if limit else "",
    }


def _did(action: str, tongue: Tongue) -> str:
    return tongue(ACTION_NAMES[Action(action)]) if action in set(Action) else action


def _who(who: object, tongue: Tongue) -> str:
    """A name; the machine's own, and one that nobody knows, is the system's."""
    known = cut(one_line(str(who or "")), 30)
    return known if known and known != "system" else tongue(ROLES[Role.SYSTEM])


def _missing(data: dict[str, Any], tongue: Tongue, book: Book, now: datetime | None) -> str:
    """One sentence a piece of evidence, the first thing first."""
    lack = data.get("lack") or {}
    places = {
        "case": data.get("case_id", ""),
        "photos": data.get("photos", 0),
        "needed": data.get("photos_needed", 0),
        "time": _moment(str(lack["at"]), tongue, book, now) if lack.get("at") else "",
        "metres": lack.get("metres", ""),
    }
    sentences = [tongue(MISSING[Proof(proof)], **places) for proof in data.get("missing", ())]
    return " ".join(sentences) or tongue(REFUSALS[Reason.CHANGED_MEANWHILE])


def _places(data: dict[str, Any], tongue: Tongue) -> dict[str, object]:
    """What the sentences may ask for; whatever is unknown stays empty, never a traceback."""
    fields = [tongue(FIELDS[Field(name)]) for name in data.get("missing", ())]
    numbers = data.get("cases", ())
    word = word_for(str(data.get("action", "")), tongue.code)
    return {
        "case": cut(one_line(str(data.get("case_id", ""))), 20),
        "code": cut(one_line(str(data.get("class_code") or data.get("code", ""))), 20),
        "date": data.get("date", ""),
        "example": data.get("example") or f"{word} {numbers[0] if numbers else 42}",
        "fields": tongue(N_(", ")).join(fields),
        "last": data.get("last", ""),
        "length": data.get("length", ""),
        "missing": "",
        "most": data.get("most", ""),
        "name": cut(one_line(str(data.get("name", ""))), 30),
        "time": "",
        "who": _who(data.get("who"), tongue),
        "state": cut(one_line(str(data.get("state", ""))), 20),
        "roles": ", ".join(str(role) for role in data.get("roles", ())),
    }
