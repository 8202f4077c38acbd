"""What a district may say about messages, and every mistake in it told with its line."""

from datetime import timedelta
from pathlib import Path

import pytest

from handlers.terminal.settings import Settings, SettingsError
from tests.unit.policy.test_policy_mistakes import mistakes_in, shipped
from workflows.policy.load import load_policy
from workflows.privacy.carriage import EVERYTHING, NOTHING, Data, Piece

FILE = shipped("privacy.toml")


def changed(old: str, new: str) -> str:
    assert old in FILE
    return FILE.replace(old, new, 1)


@pytest.mark.parametrize(
    ("text", "line", "what", "remedy"),
    [
        pytest.param(
            changed("real = []", 'real = ["adress"]'),
            'real = ["adress"]',
            '"adress" is no piece of a message',
            "place, words, notes",
            id="unknown piece",
        ),
        pytest.param(
            changed("real = []", 'real = "place"'),
            'real = "place"',
            "is not a list",
            "[]",
            id="text",
        ),
        pytest.param(
            changed("real = []", 'real = ["place", "place"]'),
            'real = ["place", "place"]',
            "named twice",
            "list of",
            id="twice",
        ),
        pytest.param(
            changed("real = []\n", ""),
            "[[region]]",
            '"real" is missing',
            "[]",
            id="forgotten",
        ),
        pytest.param(
            changed('name = "abroad"', 'name = "moon"'),
            'name = "moon"',
            'no region is called "moon"',
            "mainland or abroad",
            id="unknown region",
        ),
        pytest.param(
            changed('name = "abroad"', 'name = "mainland"'),
            'name = "mainland"',
            '"mainland" stands here twice',
            "Keep one",
            id="region twice",
        ),
        pytest.param(
            changed("link_hours = 12", "link_hours = 0"),
            "link_hours",
            "0 is not a whole number from 1 to 72",
            "1 to 72",
            id="no time",
        ),
        pytest.param(
            changed("open_minutes = 15", "open_minutes = true"),
            "open_minutes",
            "True is not a whole number",
            "1 to 60",
            id="truth as time",
        ),
        pytest.param(
            changed("[pages]", "[page]"),
            "[page]",
            'nothing is called "page" here',
            "[pages]",
            id="misspelt table",
        ),
        pytest.param(
            FILE + '\n[[transport]]\nname = "telegram"\nreal = []\ntrial = []\nall = true\n',
            "all = true",
            '"all" means nothing here',
            "spelling",
            id="unknown key",
        ),
        pytest.param(
            FILE + "\n[[transport]]\nreal = []\ntrial = []\n",
            "[[transport]]",
            '"name" is missing',
            '"telegram"',
            id="nameless",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line_and_remedy(
    tmp_path: Path, text: str, line: str, what: str, remedy: str
) -> None:
    found = [each for each in mistakes_in(tmp_path, privacy=text) if what in each.what]
    assert [each.file for each in found] == ["privacy.toml"]
    assert remedy in found[0].remedy
    assert line in text.splitlines()[found[0].line - 1]


def test_a_forgotten_region_is_told(tmp_path: Path) -> None:
    text = FILE[: FILE.index('[[region]]\nname = "abroad"')] + FILE[FILE.index("[pages]") :]
    (mistake,) = mistakes_in(tmp_path, privacy=text)
    assert mistake.what == 'the region "abroad" is missing'


def test_abroad_real_data_go_as_references_and_invented_ones_whole() -> None:
    carriage = load_policy().privacy
    assert carriage.load("telegram", "abroad", Data.REAL) == NOTHING
    assert carriage.load("telegram", "abroad", Data.TRIAL) == EVERYTHING
    assert carriage.load("wecom", "mainland", Data.REAL) == EVERYTHING
    assert carriage.load("pigeon", "the moon", Data.TRIAL) == NOTHING
    assert (carriage.link_lives, carriage.page_lives) == (
        timedelta(hours=12),
        timedelta(minutes=15),
    )


def test_a_transport_may_differ_from_its_region(tmp_path: Path) -> None:
    own = '\n[[transport]]\nname = "wecom"\nreal = ["colleagues"]\ntrial = []\n'
    (tmp_path / "privacy.toml").write_text(FILE + own, "utf-8")
    carriage = load_policy(tmp_path).privacy
    assert carriage.load("wecom", "mainland", Data.REAL) == {Piece.COLLEAGUES}
    assert carriage.load("wecom", "mainland", Data.TRIAL) == NOTHING
    assert carriage.load("other", "mainland", Data.TRIAL) == EVERYTHING


@pytest.mark.parametrize("address", ["paidan.example", "ftp://paidan.example", "https://", "a?b"])
def test_an_address_of_pages_that_no_phone_can_open_is_refused(address: str) -> None:
    with pytest.raises(
        SettingsError, match=r"PAIDAN_PAGES_URL must be .* https://paidan\.example"
    ):
        Settings.read({"PAIDAN_PAGES_URL": address})


def test_data_are_invented_unless_somebody_says_that_they_are_real() -> None:
    assert Settings.read({}).data is Data.TRIAL
    kept = Settings.read({"PAIDAN_DATA": "real", "PAIDAN_PAGES_URL": "https://a.example/p/"})
    assert (kept.data, kept.pages_url) == (Data.REAL, "https://a.example/p")
    with pytest.raises(SettingsError, match="PAIDAN_DATA must be trial or real"):
        Settings.read({"PAIDAN_DATA": "true"})
