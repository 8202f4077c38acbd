"""What the policy says of each kind of closing photo, and what a district may get wrong in it."""

from pathlib import Path

import pytest

from tests.unit.policy.test_policy_mistakes import mistakes_in, shipped
from workflows.evidence.asked import Heed, PhotoAsk
from workflows.policy.load import load_policy


def test_every_condition_has_a_kind_that_says_what_its_photos_are_for() -> None:
    policy = load_policy()
    for condition in policy.catalogue.conditions.values():
        ask = policy.photos.kinds[condition.photo_kind]
        assert ask.most >= condition.photo_min
        assert bool(ask.why_zh and ask.why_en) is (condition.photo_min > 0)


def test_no_shipped_kind_asks_for_a_file_and_the_place_alone_refuses_nobody() -> None:
    for ask in load_policy().photos.kinds.values():
        assert not ask.as_file
        assert ask.far is not Heed.REFUSE


def test_what_is_asked_comes_back_from_a_stored_filing() -> None:
    for ask in load_policy().photos.kinds.values():
        assert PhotoAsk.from_json(ask.as_json()) == ask
    assert PhotoAsk.from_json(None) == PhotoAsk()


@pytest.mark.parametrize(
    ("old", "new", "what", "remedy"),
    [
        pytest.param("[cover]", "[covers]", '"cover"', "photo_kind", id="unknown kind"),
        pytest.param(
            "within_metres = 200", "", '"far" and "within_metres"', "both", id="far without metres"
        ),
        pytest.param('early = "refuse"', 'early = "forbid"', "early", "flag", id="no such heed"),
        pytest.param("most = 6", "most = 1", "takes 1 photos", "most = 2", id="fewer than needed"),
        pytest.param("why_zh =", "why =", '"why_zh" is missing', "what the photo", id="no why"),
        pytest.param("slack_minutes = 30", "slack_minutes = -1", "slack", "= 30", id="slack"),
    ],
)
def test_a_mistake_in_the_kinds_is_named_with_its_remedy(
    tmp_path: Path, old: str, new: str, what: str, remedy: str
) -> None:
    text = shipped("photos.toml")
    assert old in text
    found = mistakes_in(tmp_path, photos=text.replace(old, new, 1))
    assert any(what in m.what and remedy in m.remedy for m in found), found
