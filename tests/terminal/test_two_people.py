"""What an operator begins at the terminal and two people decide in the chat."""

import csv
import io
from pathlib import Path

import pytest

from tests.e2e_import.district import AGENCIES, PEOPLE, Spot, grids_around
from tests.e2e_import.test_import_command import GOOD, HEADER, MAP
from tests.operator import Said, Terminal
from wiring.city import City
from workflows.approving.proposal import ProposalId
from workflows.notices import Address
from workflows.people import SYSTEM, Actor, Post, Role
from workflows.ports import Caller
from workflows.refusals import Reason, Refused

CENTRES = tuple(Spot(f"Spot {n}", 39.30 + n / 100, -76.61 + n % 3 / 100) for n in range(30))
PHONE, NAME = "13912340021", "欧阳振华"
APPROVERS = (Role.DUTY_CHIEF, Role.SUPERVISOR, Role.ADMIN)


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """A city that is set up and has had its first case."""
    terminal = Terminal(tmp_path)
    assert imports(terminal, "grids", grids_around(CENTRES)).code == 0
    assert imports(terminal, "agencies", AGENCIES).code == 0
    assert imports(terminal, "people", PEOPLE).code == 0
    cases = terminal.write("cases.csv", HEADER + GOOD)
    how = terminal.write("map.toml", MAP)
    assert "1 opened" in terminal.types("import", "cases", cases, "--map", how).out
    return terminal


@pytest.fixture
def people(terminal: Terminal) -> list[Actor]:
    """A duty chief, a supervisor and an administrator, in reach."""

    async def join(city: City) -> list[Actor]:
        found = []
        for number, role in enumerate(APPROVERS):
            token = await city.flows.invite(SYSTEM, f"批准人{number}", (Post(role),), "zh")
            home = Address("telegram", str(900 + number))
            person = await city.flows.accept_invite(home, token, private=True, cause=None)
            found.append(Actor(person))
        return found

    return terminal.does(join)


def imports(terminal: Terminal, what: str, content: str, *more: str) -> Said:
    return terminal.types("import", what, terminal.write(f"{what}.txt", content), *more)


def yes(terminal: Terminal, actor: Actor, number: int = 1) -> None:
    """Somebody approves, and the service does what has come due."""

    async def say(city: City) -> None:
        await city.flows.decide_proposal.approve(actor, ProposalId(number))
        [sweep] = [job for job in city.loop.jobs if job.name == "sweep proposals"]
        while await sweep.run():
            pass

    terminal.does(say)


def grids(terminal: Terminal) -> int:
    return int(terminal.asks("SELECT count(*) FROM grid")[0][0])


def test_much_of_a_city_that_runs_is_changed_by_two_people(
    terminal: Terminal, people: list[Actor]
) -> None:
    chief, _, admin = people
    fewer = grids_around(CENTRES[:5])
    said = imports(terminal, "grids", fewer, "--why", "new borders")
    assert said.code == 3
    assert "No. 1 waits" in said.out
    assert "批准人0, 批准人2" in said.out
    assert grids(terminal) == 30
    yes(terminal, chief)
    assert grids(terminal) == 30
    with pytest.raises(Refused) as no:
        yes(terminal, chief)
    assert no.value.reason is Reason.PROPOSAL_OWN
    yes(terminal, admin)
    assert grids(terminal) == 5
    acts = terminal.asks("SELECT action FROM journal WHERE action LIKE '%propos%' ORDER BY seq")
    assert [act for (act,) in acts] == [
        "propose",
        "vouch_for_proposal",
        "approve_proposal",
        "carry_out_proposal",
    ]
    with pytest.raises(Refused) as no:
        yes(terminal, admin)
    assert no.value.reason is Reason.PROPOSAL_OWN or no.value.data["who"] == "批准人2"


def test_what_was_stored_since_is_not_written_over_by_an_old_yes(
    terminal: Terminal, people: list[Actor]
) -> None:
    chief, _, admin = people
    assert imports(terminal, "grids", grids_around(CENTRES[:5])).code == 3
    terminal.breaks("DELETE FROM grid WHERE code = (SELECT min(code) FROM grid)")
    yes(terminal, chief)
    yes(terminal, admin)
    assert grids(terminal) == 29
    assert terminal.asks("SELECT outcome FROM proposal") == [("unfit",)]


def test_a_few_rows_and_a_city_without_cases_need_nobody_else(terminal: Terminal) -> None:
    renamed = AGENCIES.replace("Public Works", "Works")
    said = imports(terminal, "agencies", renamed)
    assert (said.code, said.out) == (0, "2 agencies taken from agencies.txt\n")
    [(details,)] = terminal.asks(
        "SELECT details FROM journal WHERE action = 'import_list' ORDER BY seq DESC LIMIT 1"
    )
    assert '"changed":1' in details


def test_many_new_people_are_a_change_and_with_nobody_to_approve_it_says_so(
    terminal: Terminal,
) -> None:
    crowd = "name,role\n" + "".join(f"Person {n},operator\n" for n in range(21))
    said = imports(terminal, "people", crowd)
    assert said.code == 2
    assert "no two administrators or duty chiefs" in said.out
    assert terminal.asks("SELECT count(*) FROM person WHERE name LIKE 'Person %'") == [(0,)]


def test_people_grids_and_the_catalogue_come_through_the_wait_as_they_were_read(
    terminal: Terminal, people: list[Actor]
) -> None:
    chief, _, admin = people
    shifts = "2026-11-23T08:00/2026-11-23T16:00"
    crowd = "name,role,agency,shifts\n" + "".join(
        f"Person {n},worker,SAN-1,{shifts}\n" for n in range(21)
    )
    assert imports(terminal, "people", crowd).code == 3
    yes(terminal, chief)
    yes(terminal, admin)
    posts = "FROM post JOIN person ON person.id = post.person_id WHERE name LIKE 'Person %'"
    assert terminal.asks(f"SELECT DISTINCT role, agency {posts}") == [("worker", "SAN-1")]
    assert terminal.asks("SELECT count(*) FROM roster_shift") == [(21,)]


def keep_caller(terminal: Terminal) -> None:
    async def keep(city: City) -> None:
        async with city.storage.begin() as work:
            case = await work.cases.get((await work.cases.by_source_numbers(["A1"]))["A1"])
            await work.cases.keep_caller(case.id, Caller(NAME, PHONE))

    terminal.does(keep)


def test_a_file_at_the_terminal_is_masked_private_and_leads_back(terminal: Terminal) -> None:
    keep_caller(terminal)
    to = terminal.folder / "out.csv"
    said = terminal.types(
        *("export", "make", "--purpose", "=audit", "--by", "Op", "--format", "csv"),
        *("--language", "en", "--to", to),
    )
    assert said.code == 0, said.out
    first, titles, row, _ = csv.reader(io.StringIO(to.read_bytes().decode("utf-8-sig")))
    assert titles[0] == "Case"
    assert row[titles.index("What was reported")] == "a deep hole"
    assert PHONE.encode() not in to.read_bytes()
    assert to.stat().st_mode & 0o077 == 0
    token = first[0].split()[1]
    told = terminal.types("export", "whose", token)
    assert told.code == 0
    assert "purpose =audit" in told.out
    assert "Op" in told.out
    assert terminal.types("export", "whose", "nothing").code == 1
    assert terminal.types("export", "fetch", "1", "--to", to).code == 1
    assert terminal.asks("SELECT count(*) FROM export_file") == [(0,)]


def test_callers_at_the_terminal_take_two_people(terminal: Terminal, people: list[Actor]) -> None:
    keep_caller(terminal)
    chief, supervisor, admin = people
    to = terminal.folder / "out.csv"
    words = ("export", "make", "--callers", "--purpose", "audit", "--format", "csv", "--to", to)
    said = terminal.types(*words)
    assert said.code == 3
    assert "批准人0, 批准人1" in said.out
    assert terminal.types("export", "fetch", "1", "--to", to).code == 1
    with pytest.raises(Refused) as no:
        yes(terminal, admin)
    assert no.value.reason is Reason.PROPOSAL_NOT_YOURS
    yes(terminal, supervisor)
    yes(terminal, chief)
    assert terminal.types("export", "fetch", "1", "--to", to).code == 0
    assert PHONE in to.read_text("utf-8-sig")
    assert NAME in to.read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--since", "2026-11-30", "--until", "2026-11-01"), "--since and --until"),
        (("--state", "closed"), "No case fits."),
        (("--purpose", " "), "--purpose"),
    ],
)
def test_what_cannot_be_exported_says_why(
    terminal: Terminal, words: tuple[str, ...], told: str
) -> None:
    to = terminal.folder / "out.csv"
    said = terminal.types("export", "make", "--purpose", "audit", "--to", to, *words)
    assert said.code == 1
    assert told in said.out
    assert not to.exists()


def test_the_policy_of_a_city_and_what_was_found(terminal: Terminal, tmp_path: Path) -> None:
    said = terminal.types("policy", "status")
    assert (said.code, said.out.split(":")[0]) == (1, "No policy is in force yet")
    assert terminal.types("policy", "propose", "--why", "first").code == 0
    assert terminal.types("policy", "status").code == 0
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "joint.toml").write_text(
        Path("workflows/policy/joint.toml").read_text("utf-8") + "\n# a remark\n", "utf-8"
    )
    said = terminal.types("policy", "status", POLICY=str(tmp_path / "own"))
    assert said.code == 1
    assert "joint.toml : other comments or order -> the same values" in said.out
    said = terminal.types("policy", "propose", "--why", "x", POLICY=str(tmp_path / "own"))
    assert said.code == 1
    assert "no two people" in said.out
