"""`run.py docs`: print the law, the periods and the scopes, or only check that they are fresh."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Final, TextIO, TypeVar

from bot.i18n import Speech, Tongue
from bot.texts import law, people, printed, printed_scopes
from workflows.cases.diagram import Words, picture, table
from workflows.policy.load import load_policy
from workflows.privacy.retention import Kind, Period, Since
from workflows.privacy.scopes import AT_THE_TERMINAL, COLUMNS, Thing, cell

Key = TypeVar("Key")
LIFECYCLE: Final = Path(__file__).parents[2] / "docs" / "lifecycle.md"
PERIODS: Final = LIFECYCLE.parent / "privacy" / "retention.md"
SCOPES_PAGE: Final = PERIODS.with_name("scopes.md")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options of `run.py docs`."""
    parser.description = "Print the law of a case into docs/lifecycle.md, periods beside it."
    parser.add_argument("--check", action="store_true", help="only say whether it is fresh")


def docs_command(
    asked: argparse.Namespace,
    out: TextIO,
    path: Path = LIFECYCLE,
    periods: Path = PERIODS,
    scopes: Path = SCOPES_PAGE,
) -> int:
    """Write the files, or with `--check` compare them; 1 if one is stale."""
    speech = Speech.load()
    pages = {
        path: printed_law(speech),
        periods: printed_periods(load_policy().retention),
        scopes: the_scopes(speech),
    }
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


def the_scopes(speech: Speech) -> str:
    """Who may see and do what: a row per thing, a column per role, both languages in each cell."""
    roles = [
        "<br>".join(speech.in_(code)(people.ROLES[role]) for code in ("zh", "en"))
        for role in COLUMNS
    ]
    heading = ["<br>".join(printed_scopes.THING_HEADING), *roles]
    lines = [heading, ["---"] * len(heading), *(_scope(thing) for thing in Thing)]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return (
        "\n\n".join((printed_scopes.SCOPES_TITLE, *printed_scopes.SCOPES_INTRODUCTION, table))
        + "\n"
    )


def _scope(thing: Thing) -> list[str]:
    """One row; what no chat gives says where else it is done."""
    what = "<br>".join(printed_scopes.THINGS[thing])
    if thing in AT_THE_TERMINAL:
        words = AT_THE_TERMINAL[thing]
        where = "<br>".join(printed_scopes.AT_TERMINAL if words else printed_scopes.NOWHERE)
        what += f"<br>*{where}*" + (f": `run.py {' '.join(words)}`" if words else "")
    reach = printed_scopes.REACHES
    each = [[words for r in cell(thing, role) for words in reach[r]] for role in COLUMNS]
    return [what, *("<br>".join(words) for words in each)]


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
