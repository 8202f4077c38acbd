"""The shape of the code (architecture.md 10): every rule with an example of its breach."""

import ast
from collections.abc import Iterable
from pathlib import PurePosixPath

import pytest

from tests.architecture.source import Function, Module, module, modules

LONGEST_MODULE = 300
LONGEST_GESTURE = 15
LONG_FOR_A_REASON = {
    "workflows/cases/lifecycle.py": "the law is one table, its conditions and clocks beside it",
    "workflows/cases/case.py": "the vocabulary of the case is one subject, read side by side",
}
NAMES_WITHOUT_A_HOME = {"utils", "util", "helpers", "helper", "manager", "common", "base", "misc"}
CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}
STARTS_FAST = "run.py"
"""The wiring imports what a command needs only when it is asked for."""

OWN_CLOCK = ("run.py", "wiring/", "bot/simulator/")
"""The wiring starts the real clock, and the simulator is a server of its own."""


def too_long(found: Iterable[Module]) -> list[str]:
    lengths = {each.path: len(each.text.splitlines()) for each in found}
    return [
        f"{path}: {length} lines"
        for path, length in lengths.items()
        if length > LONGEST_MODULE and path not in LONG_FOR_A_REASON
    ]


def without_docstring(found: Iterable[Module]) -> list[str]:
    return [each.path for each in found if not (ast.get_docstring(each.tree) or "").strip()]


def without_a_home(found: Iterable[Module]) -> list[str]:
    return [
        each.path
        for each in found
        if NAMES_WITHOUT_A_HOME & set(PurePosixPath(each.path).with_suffix("").parts)
    ]


def hidden_imports(found: Iterable[Module]) -> list[str]:
    return [
        f"{each.path}:{node.lineno}"
        for each in found
        if each.path != STARTS_FAST
        for function in each.functions()
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


def own_clocks(found: Iterable[Module]) -> list[str]:
    return [
        f"{each.path}:{node.lineno}"
        for each in found
        if not each.path.startswith(OWN_CLOCK)
        for node in ast.walk(each.tree)
        if isinstance(node, ast.Attribute) and clock_read(node) in CLOCKS
    ]


def clock_read(node: ast.Attribute) -> str:
    """The last two names of `datetime.datetime.now` and the like."""
    before = node.value
    name = before.attr if isinstance(before, ast.Attribute) else getattr(before, "id", "")
    return f"{name}.{node.attr}"


def long_gestures(found: Iterable[Module]) -> list[str]:
    return [
        f"{each.path}: {function.name}"
        for each in found
        if each.path.startswith("handlers/chat/")
        for function in each.functions()
        if body_length(function) > LONGEST_GESTURE
    ]


def body_length(function: Function) -> int:
    """Lines of the body, a docstring not counted."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


RULES = {
    "a module fits a few screens": too_long,
    "a module says in a sentence what lives here": without_docstring,
    "a module has a name of its own": without_a_home,
    "imports stand at the top": hidden_imports,
    "time is a parameter": own_clocks,
    "a gesture calls a verb and shows a card": long_gestures,
}
BREACHES = {
    "a module fits a few screens": module("bot/long.py", '"""Long."""\n' + "x = 1\n" * 300),
    "a module says in a sentence what lives here": module("bot/mute.py", "x = 1\n"),
    "a module has a name of its own": module("bot/utils.py", '"""Anything."""\n'),
    "imports stand at the top": module("bot/late.py", "def f():\n    import json\n"),
    "time is a parameter": module(
        "bot/now.py", "import datetime\nx = datetime.datetime.now(tz=None)\n"
    ),
    "a gesture calls a verb and shows a card": module(
        "handlers/chat/all.py", "async def f():\n" + "    x = 1\n" * 16
    ),
}


@pytest.mark.parametrize("rule", RULES)
def test_the_house_keeps_its_rules(rule: str) -> None:
    assert RULES[rule](modules()) == []


@pytest.mark.parametrize("rule", RULES)
def test_a_breach_is_seen(rule: str) -> None:
    assert len(RULES[rule]([BREACHES[rule]])) == 1


def test_no_exception_outlives_its_reason() -> None:
    lengths = {each.path: len(each.text.splitlines()) for each in modules()}
    assert {path for path in LONG_FOR_A_REASON if lengths[path] <= LONGEST_MODULE} == set()
