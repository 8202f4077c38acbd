"""Enough of PromQL's grammar to see a typing error; nothing is evaluated."""

import re
from typing import Final

ABOUT_SERIES: Final = frozenset(("absent", "delta", "histogram_quantile", "increase", "rate"))
ABOUT_TIME: Final = frozenset(("day_of_month", "month", "scalar", "year"))
AGGREGATIONS: Final = frozenset(["sum", "max", "min", "topk"])
WORDS: Final = frozenset(["by", "on", "or", "and", "unless"])
PAIRS: Final = {")": "(", "]": "[", "}": "{"}

_QUOTED: Final = re.compile(r'"[^"]*"')
_RANGE: Final = re.compile(r"\[([^\]]*)\]")
_DURATION: Final = re.compile(r"\d+[smhd]|\$__rate_interval")
_CALL: Final = re.compile(r"([A-Za-z_]\w*)\s*\(")
_METRIC: Final = re.compile(r"\b(?:paidan_\w+|up)\b")
_OPEN_END: Final = re.compile(r"(<=|>=|==|!=|[<>+*/-]|\bor|\band)\s*$")


def names_in(expression: str) -> set[str]:
    """The metrics it asks for; what stands in quotes is no metric."""
    return set(_METRIC.findall(_QUOTED.sub('""', expression)))


def is_well_formed(expression: str) -> str:
    """Empty, or what is wrong with it."""
    if expression.count('"') % 2:
        return "a quote is not closed"
    bare = _QUOTED.sub('""', expression)
    if wrong := _unbalanced(bare):
        return wrong
    for length in _RANGE.findall(bare):
        if not _DURATION.fullmatch(length):
            return f"[{length}] is no range"
    for name in _CALL.findall(bare):
        if name not in ABOUT_SERIES | ABOUT_TIME | AGGREGATIONS | WORDS:
            return f"{name} is no function"
    if last := _OPEN_END.search(bare):
        return f"nothing follows {last[1]}"
    return "" if names_in(expression) else "it asks for nothing"


def _unbalanced(text: str) -> str:
    waiting: list[str] = []
    for each in text:
        if each in PAIRS.values():
            waiting.append(each)
        elif each in PAIRS and (not waiting or waiting.pop() != PAIRS[each]):
            return f"{each} closes nothing"
    return f"{waiting[-1]} is not closed" if waiting else ""
