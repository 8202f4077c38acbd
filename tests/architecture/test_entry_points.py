"""Every way to start the product starts: an entry point that nobody runs is broken one day."""

import subprocess
import sys

import pytest

import run
from tests.architecture.source import ROOT

COMMANDS = (
    *("serve", "audit", "continue", "demo", "simulate", "due", "docs", "invite", "import"),
    *("doctor", "keys", "migrate"),
)
"""The commands that the first screen of run.py promises."""


def answer_to(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as left:
        run.main(arguments)
    said = capsys.readouterr()
    return int(left.value.code or 0), said.out + said.err


def test_the_product_starts_as_a_person_starts_it() -> None:
    helped = subprocess.run(
        [sys.executable, "run.py", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert helped.stdout.startswith("usage: run.py")
    assert helped.stderr == ""


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    status, said = answer_to(capsys, "--help")
    assert status == 0
    assert [command for command in COMMANDS if f"    {command} " not in said] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, said = answer_to(capsys, command, "--help")
    assert (status, said.split()[:3]) == (0, ["usage:", "run.py", command])


def test_the_first_screen_names_what_there_is() -> None:
    promised = set((run.__doc__ or "").replace("|", " ").split())
    assert [command for command in COMMANDS if command not in promised] == []


def test_an_unknown_command_is_refused_with_the_known_ones(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, said = answer_to(capsys, "sreve")
    assert status == 2
    assert "serve" in said
