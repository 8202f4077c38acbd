"""The direction of imports: the contracts hold, and what must start fast starts fast."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, module

SLOW = {"aiogram", "sqlalchemy"}
"""Each costs seconds to import on a small machine; unit tests live without them."""


def test_every_import_contract_is_kept() -> None:
    """In a process of its own: the linter switches off every logger that exists beside it."""
    linter = Path(sys.executable).with_name("lint-imports")
    told = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.parametrize(
    "path",
    sorted((ROOT / "tests" / "unit").rglob("*.py")),
    ids=lambda path: Path(path).relative_to(ROOT).as_posix(),
)
def test_unit_tests_import_neither_the_messenger_nor_the_database(path: Path) -> None:
    assert imported(path) & (SLOW | {"storage"}) == set()


def imported(path: Path) -> set[str]:
    """Top-level names of what a file itself imports."""
    tree = module(path.name, path.read_text(encoding="utf-8")).tree
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.name for node in found if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in found if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in names}
