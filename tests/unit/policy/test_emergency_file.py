"""The modes of an emergency as a district may write them, and what it is told of its mistakes."""

from pathlib import Path

import pytest

from tests.unit.policy.test_policy_mistakes import line_with, mistakes_in, shipped
from workflows.emergency.under import ModeKey
from workflows.escalation.ladder import Level
from workflows.policy.catalogue import Urgency
from workflows.policy.load import load_policy

OURS = shipped("emergency.toml")


def changed(old: str, new: str) -> str:
    assert old in OURS
    return OURS.replace(old, new, 1)


def test_the_shipped_modes_can_be_used() -> None:
    policy = load_policy()
    typhoon = policy.emergency.modes[ModeKey("typhoon")]
    assert (typhoon.zh, typhoon.en, typhoon.most_hours) == ("台风", "typhoon", 72)
    assert not typhoon.quiet_hours
    for mode in policy.emergency.modes.values():
        assert mode.profile in policy.profiles
        assert Urgency.P1 not in mode.ladders
        for urgency, ladder in mode.ladders.items():
            usual = policy.ladders.disposal[urgency]
            assert [rung.level for rung in ladder.rungs] == list(Level)
            assert usual != ladder


def test_a_mode_without_ladders_of_its_own_changes_the_profile_only(tmp_path: Path) -> None:
    text = (
        'approve_within = "10 min"\n[drill]\nzh = "演练"\nen = "drill"\ntold_zh = "演练"\n'
        'told_en = "A drill"\nprofile = "full"\nmax_hours = 2\nquiet_hours = true\n'
    )
    (tmp_path / "emergency.toml").write_text(text, "utf-8")
    [mode] = load_policy(tmp_path).emergency.modes.values()
    assert (mode.key, mode.ladders) == ("drill", {})


def test_a_district_may_know_no_emergency(tmp_path: Path) -> None:
    (tmp_path / "emergency.toml").write_text('approve_within = "10 min"\n', "utf-8")
    assert load_policy(tmp_path).emergency.modes == {}


@pytest.mark.parametrize(
    ("old", "new", "mark", "what", "remedy"),
    [
        pytest.param(
            'profile = "lean"',
            'profile = "quick"',
            'profile = "quick"',
            'no profile is called "quick"',
            "one of lean, full",
            id="unknown profile",
        ),
        pytest.param(
            'ladders = "storm"',
            'ladders = "gale"',
            'ladders = "gale"',
            'no ladder set is called "gale"',
            "one of storm",
            id="unknown ladders",
        ),
        pytest.param(
            "max_hours = 72",
            "max_hours = 0",
            "max_hours = 0",
            "not a whole number above 0",
            "max_hours = 72",
            id="no hours",
        ),
        pytest.param(
            "max_hours = 72",
            "max_hours = 9000",
            "max_hours = 9000",
            "9000 hours are more than 336",
            "max_hours = 72",
            id="for a year",
        ),
        pytest.param(
            "quiet_hours = false",
            'quiet_hours = "no"',
            'quiet_hours = "no"',
            "neither true nor false",
            "quiet_hours = false",
            id="neither yes nor no",
        ),
        pytest.param(
            'approve_within = "30 min"',
            'approve_within = "1 work_day"',
            "approve_within",
            "by day and night",
            "30 min",
            id="approval in working time",
        ),
        pytest.param(
            'zh = "台风"\n', "", "[typhoon]", '"zh" is missing in [typhoon]', "台风", id="no name"
        ),
        pytest.param(
            'zh = "台风"\n',
            'zh = "台风"\ncolour = "red"\n',
            "colour",
            '"colour" means nothing here',
            "spelling",
            id="unknown key",
        ),
        pytest.param(
            "[[ladders.storm.P4]]",
            "[[ladders.storm.P9]]",
            "[[ladders.storm.P9]]",
            'no urgency is called "P9"',
            "P1",
            id="unknown urgency",
        ),
        pytest.param(
            'at = "80 %"\ncondition = "not_submitted"\ntell = ["worker", "agency_lead"]',
            'at = "80"\ncondition = "not_submitted"\ntell = ["worker", "agency_lead"]',
            'at = "80"',
            '"80" is not a time',
            "80 %",
            id="rung at no time",
        ),
    ],
)
def test_a_mistake_is_told_with_its_place_and_its_remedy(
    tmp_path: Path, *, old: str, new: str, mark: str, what: str, remedy: str
) -> None:
    text = changed(old, new)
    found = mistakes_in(tmp_path, emergency=text)
    fitting = [m for m in found if what in m.what and remedy in m.remedy]
    assert fitting, found
    assert (fitting[0].file, fitting[0].line) == ("emergency.toml", line_with(mark, text))
