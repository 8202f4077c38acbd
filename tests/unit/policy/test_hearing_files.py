"""sayings.csv and elsewhere.toml: what is shipped holds together, and slips are named."""

from pathlib import Path

import pytest

from workflows.policy.load import load_policy
from workflows.policy.mistakes import PolicyMistakes

TOPIC = """[[topic]]
key = "bees"
zh = "蜜蜂"
en = "Bees"
words = "蜜蜂 蜂窝"
body_zh = "消防"
body_en = "Fire brigade"
hotline = "119"
source = "ours"
"""


def mistakes(folder: Path, name: str, content: str) -> str:
    (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(PolicyMistakes) as found:
        load_policy(folder)
    return str(found.value)


def test_every_shipped_saying_is_for_a_class_of_the_catalogue() -> None:
    policy = load_policy()
    assert set(policy.sayings) <= set(policy.catalogue.classes)


def test_every_shipped_topic_names_a_body() -> None:
    topics = load_policy().elsewhere
    assert {"social_insurance", "school", "work", "household", "transport"} <= set(topics)
    assert topics["social_insurance"].hotline == "12333"  # type: ignore[index]
    assert all(t.body_zh and t.body_en and t.words and t.source for t in topics.values())


def test_a_district_brings_its_own_topics(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.toml").write_text(TOPIC, encoding="utf-8")
    assert list(load_policy(tmp_path).elsewhere) == ["bees"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("sayings.csv", "code,said\n", "not the columns"),
        ("sayings.csv", "class_code,words\n99999,轰隆\n", "no class 99999"),
        ("sayings.csv", "class_code,words\n06028,\n", "holds no sayings"),
        ("sayings.csv", "class_code,words\n06028,吵\n06028,闹\n", "stands here twice"),
        ("elsewhere.toml", TOPIC + TOPIC, "stands here twice"),
        ("elsewhere.toml", TOPIC.replace('"119"', '"one"'), "not a number to call"),
        ("elsewhere.toml", TOPIC.replace('zh = "蜜蜂"\n', "", 1), '"zh" is missing'),
        ("elsewhere.toml", TOPIC + 'colour = "red"\n', '"colour" means nothing'),
    ],
)
def test_a_slip_is_named_with_its_place(
    tmp_path: Path, name: str, content: str, said: str
) -> None:
    told = mistakes(tmp_path, name, content)
    assert name in told
    assert said in told
