"""Rules, dashboard and runbook: each can be read, and each alert leads to its page."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from handlers.http.metrics import COUNTS, FROM_ZERO, SPANS, PrometheusFigures
from tests.architecture.source import ROOT, modules
from tests.operations.promql import is_well_formed, names_in
from workflows.figures import Count, Span

OPERATIONS = ROOT / "docs" / "operations"
RUNBOOK = OPERATIONS / "runbook"
HEADINGS = ("## What it means", "## What to look at", "## What to do", "## Whom to wake")
_KEY = re.compile(r"^ *(?:- )?(alert|expr|for|severity|summary|runbook_url): (.+)$")


@dataclass(frozen=True)
class Rule:
    alert: str
    expr: str
    severity: str
    summary: str
    runbook_url: str


def read_rules() -> Iterator[Rule]:
    """The file is written so that each value stands on one line, plain or as JSON."""
    found: list[dict[str, str]] = []
    for line in (OPERATIONS / "alerts.yml").read_text(encoding="utf-8").splitlines():
        if (match := _KEY.match(line)) is None:
            continue
        key, value = match.groups()
        if key == "alert":
            found.append({})
        found[-1][key] = json.loads(value) if value.startswith('"') else value
    for each in found:
        assert each.pop("for").endswith(("m", "h"))
        yield Rule(**each)


RULES = tuple(read_rules())


def asked_by_the_dashboard() -> list[str]:
    board = json.loads((OPERATIONS / "dashboard.json").read_text(encoding="utf-8"))
    return [target["expr"] for panel in board["panels"] for target in panel["targets"]]


def every_expression() -> list[str]:
    return [rule.expr for rule in RULES] + asked_by_the_dashboard()


def every_name() -> set[str]:
    """Every metric of ours that rules and dashboard ask for."""
    found = {name for each in every_expression() for name in names_in(each)}
    return {name for name in found if name != "up"}


def test_there_is_an_alert_for_whatever_breaks_a_promise() -> None:
    assert len(RULES) > 20
    assert len({rule.alert for rule in RULES}) == len(RULES)
    assert {rule.severity for rule in RULES} == {"page", "ticket"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.alert)
def test_an_alert_leads_to_its_page(rule: Rule) -> None:
    assert rule.runbook_url == f"docs/operations/runbook/{rule.alert}.md"
    page = (ROOT / rule.runbook_url).read_text(encoding="utf-8")
    assert page.startswith(f"# {rule.alert}\n")
    assert [heading for heading in HEADINGS if heading not in page] == []
    assert f"```\n{rule.expr}\n```" in page
    for other in re.findall(r"\bPaidan[A-Z]\w+", page):
        assert (RUNBOOK / f"{other}.md").exists(), other


def test_a_page_named_like_an_alert_has_its_alert() -> None:
    pages = {page.stem for page in RUNBOOK.glob("Paidan*.md")}
    assert pages == {rule.alert for rule in RULES}


@pytest.mark.parametrize("expression", every_expression())
def test_an_expression_is_one(expression: str) -> None:
    assert is_well_formed(expression) == ""


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("rate(x[5m]", "( is not closed"),
        ("rates(x[5m])", "rates is no function"),
        ('x{a="b}', "a quote is not closed"),
        ("x[5q]", "[5q] is no range"),
        ("x >", "nothing follows >"),
    ],
)
def test_a_broken_expression_is_seen(expression: str, why: str) -> None:
    assert is_well_formed(expression) == why


def test_counts_that_are_asked_for_exist_before_anything_happens() -> None:
    """An alert on the first of its kind must see it rise from 0."""
    page = PrometheusFigures().page(()).decode()
    for sample in (
        'paidan_sends_total{lane="order",outcome="stop"} 0.0',
        'paidan_ladders_exhausted_total{urgency="P1"} 0.0',
        'paidan_updates_total{result="poison"} 0.0',
        'paidan_transactions_total{result="storage_down"} 0.0',
    ):
        assert sample in page


def test_links_of_the_operators_pages_lead_somewhere() -> None:
    for page in OPERATIONS.glob("*.md"):
        for link in re.findall(r"\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), (page.name, link)


def test_no_alert_is_missing_on_the_chinese_page_that_says_whom_to_wake() -> None:
    page = (OPERATIONS / "README.zh-CN.md").read_text(encoding="utf-8")
    paging = {rule.alert for rule in RULES if rule.severity == "page"}
    assert {name for name in paging if name not in page} == set()


def test_one_module_knows_the_monitors_client() -> None:
    """The rest reports to a port, so that another monitor is another module."""
    knowing = {
        each.path
        for each in modules()
        for node in ast.walk(each.tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        and "prometheus_client" in ast.unparse(node)
    }
    assert knowing == {"handlers/http/metrics.py"}


def test_every_count_and_every_span_has_its_name_and_its_labels() -> None:
    assert (set(COUNTS), set(SPANS)) == (set(Count), set(Span))
    for count, values in FROM_ZERO.items():
        assert len(values) == len(COUNTS[count][2])
