"""Whoever is told of a fault finds a page about it; no page is about nothing."""

from pathlib import Path

import pytest

from workflows.auditing.faults import Rule

PAGES = Path(__file__).parents[2] / "docs" / "operations" / "runbook"


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_has_a_page_that_says_what_to_look_at_and_do(rule: Rule) -> None:
    page = (PAGES / f"{rule.value}.md").read_text(encoding="utf-8")
    assert page.startswith("# ")
    assert f"(`{rule.value}`)" in page.splitlines()[0]
    parts = ("**What it means.**", "**What to look at.**", "**What to do.**")
    assert [part for part in parts if part not in page] == []
