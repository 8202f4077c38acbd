"""What takes two people, as a district may write it; and what differs between two bundles."""

import re
from pathlib import Path

import pytest

from tests.unit.policy.test_policy_mistakes import line_with, mistakes_in, shipped
from workflows.policy.compare import Difference, differences
from workflows.policy.load import FILES, digest_of, load_policy, policy_of, read_bundle
from workflows.policy.mistakes import PolicyMistakes

OURS = shipped("approving.toml")


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('within = "24 h"', 'within = "200 h"', "too long"),
        ('within = "24 h"', 'within = "1 work_day"', "day and night"),
        ("alone_rows = 200 ", "alone_rows = -1 ", "no number of rows"),
        ("alone_rows = 20 ", "alone_rows = true ", "no number of rows"),
        ("[changes]", "[change]", "nothing is called"),
        ("most_rows = 100000", "most = 100000", "most"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, what: str) -> None:
    assert old in OURS
    text = OURS.replace(old, new, 1)
    found = mistakes_in(tmp_path, approving=text)
    assert any(what in each.what for each in found), found
    assert line_with(new, text) in {each.line for each in found}


def test_a_bundle_that_was_kept_is_the_policy_that_was_read() -> None:
    bundle = read_bundle()
    assert set(bundle) == set(FILES)
    assert policy_of(bundle) == load_policy()
    assert digest_of(bundle).startswith(load_policy().version)


def test_a_bundle_that_lacks_a_file_is_told_from_one_that_has_all() -> None:
    bundle = {name: text for name, text in read_bundle().items() if name != "risk.toml"}
    with pytest.raises(PolicyMistakes) as caught:
        policy_of(bundle)
    assert {each.file for each in caught.value.mistakes} == {"risk.toml"}


def test_every_key_and_row_that_differs_is_named() -> None:
    old = read_bundle()
    hours = re.sub('within = "24 h"', 'within = "12 h"', old["approving.toml"])
    row = next(line for line in old["catalogue.csv"].splitlines() if line.startswith("01001-"))
    new = {
        **old,
        "approving.toml": hours,
        "catalogue.csv": old["catalogue.csv"].replace(row, f"{row}x"),
        "duty.toml": old["duty.toml"] + "\n# a remark\n",
    }
    found = differences(old, new)
    assert found[0] == Difference("approving.toml", "within", "24 h", "12 h")
    assert (found[1].file, found[1].where) == ("catalogue.csv", row.split(",")[0])
    assert found[1].new == f"{found[1].old}x"
    assert (found[2].file, found[2].where) == ("duty.toml", "")
    assert len(found) == 3
    assert differences(old, old) == ()


def test_what_a_file_no_longer_says_and_a_file_that_is_new_are_told() -> None:
    old = {"a.toml": "[[x]]\ny = 1\n[[x]]\ny = 2\n"}
    new = {"a.toml": "[[x]]\ny = 1\n", "b.csv": "id,n\n1,2\n1,3\n"}
    assert [str(each) for each in differences(old, new)] == [
        "a.toml x[2].y: 2 -> -",
        "b.csv id: - -> n",
        "b.csv 1: - -> 2",
        "b.csv 1 (2): - -> 3",
    ]
