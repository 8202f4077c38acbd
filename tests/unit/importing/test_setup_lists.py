from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.unit.importing.written_files import mistakes_of
from workflows.cases.case import Point
from workflows.importing.setup_lists import (
    CatalogueRow,
    Duty,
    Landmark,
    NewPerson,
    read_agencies,
    read_dispatch_catalogue,
    read_landmarks,
    read_people,
)
from workflows.people import Agency, AgencyCode, AreaCode, Post, Role

SHANGHAI = ZoneInfo("Asia/Shanghai")


def written(folder: Path, text: str) -> Path:
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    return path


def people(folder: Path, text: str) -> tuple[NewPerson, ...]:
    return read_people(written(folder, text), SHANGHAI, {"SAN-1"})


def test_agencies_are_read(tmp_path: Path) -> None:
    path = written(tmp_path, "code,kind,name,area\nSAN-1,SAN,环卫所,310112\nMUN-1,MUN,市政所,\n")
    assert read_agencies(path, {"SAN", "MUN"}) == (
        Agency(AgencyCode("SAN-1"), "SAN", "环卫所", "", AreaCode("310112")),
        Agency(AgencyCode("MUN-1"), "MUN", "市政所"),
    )


def test_every_mistake_in_a_list_is_told_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, "code,kind,name\nA,SAN,x\nB,ZZZ,y\n,SAN,z\nA,SAN,x\nC,SAN\n")
    told = mistakes_of(lambda: read_agencies(path, {"SAN"}))
    assert [mistake.split(":")[0] for mistake in told] == [
        f"list.csv, line {n}" for n in (3, 4, 5, 6)
    ]
    assert '"ZZZ" is no department type' in told[0]
    assert "code is empty" in told[1]
    assert "a second time" in told[2]
    assert "2 cells" in told[3]


def test_the_dispatch_catalogue_names_known_classes_and_agencies(tmp_path: Path) -> None:
    path = written(tmp_path, "class_code,area,agency\n06013,310112,MUN-1\n06012,,SAN-1\n")
    rows = read_dispatch_catalogue(path, {"06013", "06012"}, {"MUN-1", "SAN-1"})
    assert rows[0] == CatalogueRow("06013", AreaCode("310112"), AgencyCode("MUN-1"))
    told = mistakes_of(lambda: read_dispatch_catalogue(path, {"06013"}, {"SAN-1"}))
    assert 'no agency has the code "MUN-1"' in told[0]
    assert 'no class has the code "06012"' in told[1]


def test_landmarks_are_read_and_impossible_ones_told(tmp_path: Path) -> None:
    path = written(tmp_path, "name,latitude,longitude\n老菜场,31.11,121.38\n")
    assert read_landmarks(path) == (Landmark("老菜场", Point(31.11, 121.38)),)
    path = written(tmp_path, "name,latitude,longitude\na,121.38,31.11\nb,north,1\nc,nan,1\n")
    assert len(mistakes_of(lambda: read_landmarks(path))) == 3


def test_people_come_with_posts_and_turns_of_duty(tmp_path: Path) -> None:
    (worker, chief) = people(
        tmp_path,
        "name,language,role,area,agency,shifts\n"
        "王师傅,zh,worker,310112101-03,SAN-1,"
        "2026-11-23T08:00/2026-11-23T16:00;2026-11-24T22:00/2026-11-25T06:00\n"
        "Li,en,duty_chief;supervisor,310112,,\n",
    )
    assert worker.posts == (Post(Role.WORKER, AreaCode("310112101-03"), AgencyCode("SAN-1")),)
    assert worker.duties == (
        Duty(datetime(2026, 11, 23, 0, tzinfo=UTC), datetime(2026, 11, 23, 8, tzinfo=UTC)),
        Duty(datetime(2026, 11, 24, 14, tzinfo=UTC), datetime(2026, 11, 24, 22, tzinfo=UTC)),
    )
    assert chief == NewPerson(
        3,
        "Li",
        "en",
        (Post(Role.DUTY_CHIEF, AreaCode("310112")), Post(Role.SUPERVISOR, AreaCode("310112"))),
        (),
    )


def test_a_short_list_of_people_is_enough(tmp_path: Path) -> None:
    (person,) = people(tmp_path, "name,role\n张,operator\n")
    assert (person.language, person.posts) == ("zh", (Post(Role.OPERATOR),))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (",zh,operator,,,", "name is empty"),
        ("A,fr,operator,,,", 'we do not speak "fr"'),
        ("A,zh,,,,", "role is empty"),
        ("A,zh,king,,,", 'there is no role "king"'),
        ("A,zh,system,,,", 'there is no role "system"'),
        ("A,zh,worker,310112,,", "a worker belongs to an agency"),
        ("A,zh,operator,310112,SAN-1,", "a operator belongs to no agency"),
        ("A,zh,worker,310112,SAN-2,", 'no agency has the code "SAN-2"'),
        ("A,zh,operator,,,8-16", '"8-16" is no shift'),
        ("A,zh,operator,,,2026-11-23T16:00/2026-11-23T08:00", "ends before it begins"),
    ],
)
def test_a_mistake_about_a_person_is_told(tmp_path: Path, line: str, said: str) -> None:
    text = f"name,language,role,area,agency,shifts\n{line}\n"
    (told,) = mistakes_of(lambda: people(tmp_path, text))
    assert said in told
