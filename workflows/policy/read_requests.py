"""Reads requests.toml: how often something may be asked, and how long an answer may take."""

from typing import Any, Final

from workflows.deadlines.limits import Limit, Unit
from workflows.policy.catalogue import Urgency
from workflows.policy.policy import RequestPolicy
from workflows.policy.tables import Table, TomlFile, count, text
from workflows.requests.request import RequestKind, RequestRules

K = RequestKind
WRITE_LIMIT: Final = 'Write such as {key} = "4 work_hour"'
WRITE_COUNT: Final = "Write such as {key} = 1"
SPARE: Final = Limit(1, Unit.WORK_DAY)
LONGEST: Final = 400
"""Days; nothing rests for longer than about a year."""


def read_requests(file: TomlFile) -> RequestPolicy:
    """Read and check the whole file; mistakes go to the file's list."""
    for name in file.names():
        if name not in set(K):
            remedy = f"Write one of {', '.join(K)}"
            file.mistake(file.line_of(name), f'no request is called "{name}"', remedy)
    file.root().close()
    tables = {kind: file.table(kind) for kind in K}
    back, suspension = tables[K.RETURN], tables[K.SUSPENSION]
    policy = RequestPolicy(
        window=_limits(back, "window"),
        district_within=_limit(back, "district_within"),
        endorse={kind: _limits(table, "endorse_within") for kind, table in tables.items()},
        decide={kind: _limits(table, "decide_within") for kind, table in tables.items()},
        rules=RequestRules(
            returns_per_agency=_count(back, "per_agency"),
            agencies_before_district=_count(back, "agencies_before_district"),
            extensions=_count(tables[K.EXTENSION], "most"),
            suspensions=_count(suspension, "most"),
            suspension_days=_count(suspension, "most_days"),
            review_days=_count(suspension, "review_days"),
            notice_days=_count(suspension, "notice_days"),
            appeals=_count(tables[K.APPEAL], "most"),
        ),
    )
    if policy.rules.suspension_days > LONGEST:
        what = f"{policy.rules.suspension_days} days are more than {LONGEST}"
        suspension.mistake(what, "Write such as most_days = 365", "most_days")
    for table in tables.values():
        table.close()
    return policy


def _limits(table: Table, key: str) -> dict[Urgency, Limit]:
    """The usual limit for every urgency, another one for P1 if there is one."""
    usual = _limit(table, key)
    urgent = table.take_if_there(f"{key}_P1", _read, WRITE_LIMIT.format(key=f"{key}_P1"), usual)
    return {urgency: urgent if urgency is Urgency.P1 else usual for urgency in Urgency}


def _limit(table: Table, key: str) -> Limit:
    return table.take(key, _read, WRITE_LIMIT.format(key=key), SPARE)


def _count(table: Table, key: str) -> int:
    return table.take(key, count, WRITE_COUNT.format(key=key), 1)


def _read(value: Any) -> Limit:
    return Limit.parse(text(value))
