"""`run.py docs`: print the law and the periods into docs, or only check that they are fresh."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Final, TextIO, TypeVar

from bot.i18n import Speech, Tongue
from bot.texts import law, people, printed
from workflows.cases.diagram import Words, picture, table
from workflows.policy.load import load_policy
from workflows.privacy.retention import Kind, Period, Since

Key = TypeVar("Key")
LIFECYCLE: Final = Path(__file__).parents[2] / "docs" / "lifecycle.md"
PERIODS: Final = LIFECYCLE.parent / "privacy" / "retention.md"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options of `run.py docs`."""
    parser.description = "Print the law of a case into docs/lifecycle.md, periods beside it."
    parser.add_argument("--check", action="store_true", help="only say whether it is fresh")


def docs_command(
    asked: argparse.Namespace, out: TextIO, path: Path = LIFECYCLE, periods: Path = PERIODS
) -> int:
    """Write the files, or with `--check` compare them; 1 if one is stale."""
    pages = {path: printed_law(Speech.load()), periods: printed_periods(load_policy().retention)}
    return max([_page(asked, out, path, fresh) for path, fresh in pages.items()])


def _page(asked: argparse.Namespace, out: TextIO, path: Path, fresh: str) -> int:
    written = path.read_text(encoding="utf-8") if path.exists() else ""
    if not asked.check:
        path.write_text(fresh, encoding="utf-8")
        print(f"{path.name} {'is as it was' if fresh == written else 'is new'}", file=out)
        return 0
    if fresh == written:
        print(f"{path.name} is fresh", file=out)
        return 0
    print(f"{path.name} is stale: run `make docs` and commit it", file=out)
    return 1


def printed_law(speech: Speech) -> str:
    """The whole page, Chinese and English side by side."""
    zh, en = _words(speech.in_("zh"), 0), _words(speech.in_("en"), 1)
    parts = (
        " · ".join([printed.TITLE[0], printed.TITLE[1].removeprefix("# ")]),
        *printed.INTRODUCTION,
        f"```mermaid\n{picture(zh, en)}\n```",
        table(zh, en),
    )
    return "\n\n".join(parts) + "\n"


def printed_periods(periods: Mapping[Kind, Period]) -> str:
    """How long what is kept, as the shipped policy says."""
    rows = [
        f"| `{one.kind}` | {one.holds} | {one.keep.days} days | {SINCE[one.since]} "
        f"| {one.does} | {one.basis} |"
        for one in periods.values()
    ]
    return "\n".join([printed.PERIODS, *rows]) + "\n\n" + printed.NOT_FORGOTTEN + "\n"


SINCE: Final = {
    Since.CASE_ENDED: "the case was closed, voided, rejected or merged",
    Since.LAST_USE: "it was last of use",
}


def _words(tongue: Tongue, which: int) -> Words:
    return Words(
        states=_said(law.STATES, tongue),
        actions={
            action: _without_icon(label) for action, label in _said(law.ACTIONS, tongue).items()
        },
        roles=_said(people.ROLES, tongue),
        proofs={proof: pair[which] for proof, pair in printed.PROOFS.items()},
        conditions={name: pair[which] for name, pair in printed.CONDITIONS.items()},
        clocks=_said(law.CLOCKS, tongue),
        headings={name: pair[which] for name, pair in printed.HEADINGS.items()},
    )


def _said(sources: Mapping[Key, str], tongue: Tongue) -> dict[Key, str]:
    return {key: tongue(source) for key, source in sources.items()}


def _without_icon(label: str) -> str:
    """A button's label without the sign in front of its words."""
    icon, gap, words = label.partition(" ")
    return words if gap and not any(character.isalnum() for character in icon) else label
