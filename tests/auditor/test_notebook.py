"""What the auditor remembers outlives it; what is not its own writing is begun anew."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from handlers.auditor.notebook import Notebook, Notes
from workflows.auditing.faults import Line, Progress, Rule
from workflows.auditing.telling import Known

NINE = datetime(2026, 11, 23, 1, tzinfo=UTC)
NOTES = Notes(
    Progress(Line(9, "ab"), Line(3, "cd"), 1, 2, 3, (7, 8), NINE),
    {"mail": {Rule.LATE_TIMER: Known(NINE, NINE, None), Rule.MESSENGER: Known(NINE, NINE, NINE)}},
    NINE,
)


@pytest.mark.parametrize("notes", [NOTES, Notes()], ids=["full", "empty"])
def test_what_is_written_is_read_again(tmp_path: Path, notes: Notes) -> None:
    book = Notebook(tmp_path / "a folder that is made" / "audit.json")
    assert book.read() == Notes()
    assert book.write(notes)
    assert book.read() == notes
    assert [path.name for path in book.path.parent.iterdir()] == ["audit.json"]


@pytest.mark.parametrize("scribble", ["", "[]", "{}", '{"progress": 7}', "\udcff"])
def test_a_scribbled_notebook_is_begun_anew(
    tmp_path: Path, scribble: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "audit.json"
    path.write_bytes(scribble.encode("utf-8", "surrogateescape"))
    assert Notebook(path).read() == Notes()
    assert "begun anew" in caplog.text


def test_a_rule_of_another_version_is_forgotten(tmp_path: Path) -> None:
    book = Notebook(tmp_path / "audit.json")
    book.write(NOTES)
    book.path.write_text(book.path.read_text().replace("messenger", "from_another_year"))
    assert set(book.read().memories["mail"]) == {Rule.LATE_TIMER}


def test_a_notebook_that_cannot_be_kept_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert not Notebook(tmp_path / "file" / "audit.json").write(NOTES)
