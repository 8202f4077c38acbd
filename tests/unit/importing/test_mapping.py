from pathlib import Path

import pytest

from tests.unit.importing.written_files import MAP, catalogue, mistakes_of
from workflows.importing.mapping import ComplaintMap, load_map


def load(folder: Path, text: str) -> ComplaintMap:
    (folder / "map.toml").write_text(text, encoding="utf-8")
    return load_map(folder / "map.toml", catalogue())


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('"Asia/Shanghai"', '"Asia/Atlantis"', 'line 2: "zone" cannot be read: there is no time'),
        ('zone = "Asia/Shanghai"', "", '"zone" is missing'),
        ('number = "no"', "", '"number" is missing in [columns]'),
        ('created = "made"', "", '"created" is missing in [columns]'),
        ('latitude = "lat"\n', "", "one coordinate has no other"),
        ('words = "text"', "words = []", "the list is empty"),
        ('words = "text"', "wrods = 'text'", '"wrods" means nothing here'),
        ('"%Y/%m/%d %H:%M", "iso"', '"%H:%M"', "does not tell year, month and day"),
        ('"06013"', '"99999"', 'neither class nor condition "99999"'),
        ('"01037-3"', '"01037-9"', 'neither class nor condition "01037-9"'),
        ('duplicate = ["twice"]', 'duplicate = ["open"]', "stands for both open and duplicate"),
        ("[statuses]", "[standings]", "[standings] means nothing here"),
        ("\nzone", '\ndelimiter = ",,"\nzone', "is not one character"),
        ("\nzone", '\nencodings = ["utf-9"]\nzone', 'there is no encoding "utf-9"'),
        ("\nzone", "\nswap_coordinates = 1\nzone", "neither true nor false"),
        ("\nzone", '\ndefault_class = "skip"\nzone', '"default_class" cannot be read'),
        ('class = "kind"\n', "", "no row would have a class"),
        ("\nzone", "\nzone zone", "this is not TOML"),
    ],
)
def test_a_mistake_in_a_map_is_told(tmp_path: Path, before: str, after: str, said: str) -> None:
    assert MAP.count(before) == 1
    told = mistakes_of(lambda: load(tmp_path, MAP.replace(before, after)))
    assert any(said in mistake for mistake in told), told


def test_all_mistakes_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    broken = MAP.replace('"06013"', '"99999"').replace("Shanghai", "Atlantis")
    told = mistakes_of(lambda: load(tmp_path, broken))
    assert [mistake.split(":")[0] for mistake in told] == [
        "map.toml, line 2",
        "map.toml, line 23",
    ]


def test_a_map_in_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_bytes('zone = "上海"'.encode("gb18030"))
    told = mistakes_of(lambda: load_map(tmp_path / "map.toml", catalogue()))
    assert "not UTF-8" in told[0]


def test_every_map_in_the_docs_can_be_used() -> None:
    maps = sorted((Path(__file__).parents[3] / "docs" / "import").glob("*.toml"))
    assert len(maps) >= 4
    for path in maps:
        assert load_map(path, catalogue()).zone.key
