"""What counts as an outage or a jump of the clock, as a district may write it."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.unit.policy.test_policy_mistakes import line_with, mistakes_in, shipped
from workflows.outages.rules import OutageRules
from workflows.policy.load import load_policy

OURS = shipped("outages.toml")


def test_the_shipped_numbers_are_those_of_the_messenger() -> None:
    assert load_policy().outages == OutageRules(
        silent=timedelta(seconds=30),
        presses_lost=timedelta(seconds=120),
        joined=timedelta(minutes=10),
        settle_most=timedelta(seconds=180),
        forward=timedelta(minutes=5),
        back=timedelta(minutes=1),
        hold=timedelta(minutes=1),
    )


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('after = "30 s"', 'after = "5 s"', "outside of what works"),
        ('after = "30 s"', "after = 30", "is not text"),
        ('after = "30 s"', 'after = "-30 s"', "no short time"),
        ('after = "30 s"', 'after = "half a minute"', "no short time"),
        ('settle_most = "180 s"', 'settle_most = "99999999999 min"', "outside of what works"),
        ('forward = "5 min"', 'forwards = "5 min"', "means nothing here"),
        ('cards_after = "120 s"', 'cards_after = "20 s"', 'less than "after"'),
        ("[clock]", "[clocks]", "nothing is called"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, what: str) -> None:
    assert old in OURS
    text = OURS.replace(old, new, 1)
    fitting = [each for each in mistakes_in(tmp_path, outages=text) if what in each.what]
    assert [(each.file, each.line) for each in fitting] == [("outages.toml", line_with(new, text))]
