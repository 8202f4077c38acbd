"""What is in the repository: nothing of one machine, no host that packages come from."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

REGISTRIES = ("pypi", "pythonhosted", "npmjs", "debian")
HOSTS = re.compile(rf"\b(?:{'|'.join(REGISTRIES)})\.(?:org|com)", re.IGNORECASE)
OUR_MACHINE = re.compile(r"(?<![\w.])/wo" r"rk/|/ho" r"me/|/Us" r"ers/")


def tracked() -> list[Path]:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: nothing says which files are tracked")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    found = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in found if path.exists()]


def test_no_tracked_file_names_a_machine_or_where_packages_come_from() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in tracked()
        if (match := wrong_in(path.read_text(encoding="utf-8", errors="replace")))
    ]
    assert found == []


def wrong_in(text: str) -> re.Match[str] | None:
    return HOSTS.search(text) or OUR_MACHINE.search(text)


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        pytest.param("see https://" + "py" + "pi.org/simple", True, id="a registry"),
        pytest.param("open('/wo" + "rk/main/x')", True, id="a folder of this machine"),
        pytest.param("../shared/data/README.md", False, id="beside the checkout"),
        pytest.param("work/in/progress", False, id="a word"),
    ],
)
def test_what_is_looked_for_is_found(text: str, *, is_wrong: bool) -> None:
    assert (wrong_in(text) is not None) == is_wrong


def test_the_configuration_is_in_one_file() -> None:
    names = {path.name for path in tracked()}
    elsewhere = {".importlinter", "mypy.ini", "pytest.ini", "ruff.toml", "setup.cfg", "tox.ini"}
    assert names & elsewhere == set()
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    assert {"ruff", "mypy", "pytest", "importlinter", "coverage"} <= set(tools)


def test_nothing_secret_or_made_here_is_tracked() -> None:
    made_here = {".db", ".sqlite", ".pyc", ".mo", ".env", ".pem", ".key"}
    assert [path for path in tracked() if path.suffix in made_here] == []
