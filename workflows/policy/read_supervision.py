"""Reads supervision.toml: the limits that may be chosen for a reply to an order."""

from typing import Any, Final

from workflows.deadlines.limits import Limit
from workflows.policy.tables import TomlFile, texts
from workflows.supervision.order import OrderKind, SupervisionRules

WRITE_LIMITS: Final = 'Write such as within = ["4 work_hour", "1 work_day"]'
SPARE: Final[tuple[Limit, ...]] = ()
MOST: Final = 4
"""As many as there is room for beside the button that cancels."""


def read_supervision(file: TomlFile) -> SupervisionRules:
    """Read both kinds of order; mistakes go to the file's list."""
    within = {}
    for kind in OrderKind:
        table = file.table(kind.value)
        within[kind] = table.take("within", _limits, WRITE_LIMITS, SPARE)
        table.close()
    for name in file.names():
        if name not in set(OrderKind):
            remedy = f"Write one of {', '.join(f'[{kind}]' for kind in OrderKind)}"
            file.mistake(file.line_of(name), f'no order is called "{name}"', remedy)
    file.root().close()
    return SupervisionRules(within)


def _limits(value: Any) -> tuple[Limit, ...]:
    limits = tuple(Limit.parse(one) for one in texts(value))
    if not 1 <= len(limits) <= MOST:
        raise ValueError(f"one to {MOST} limits can be chosen from")
    if len(set(limits)) < len(limits):
        raise ValueError("the same limit stands twice")
    return limits
