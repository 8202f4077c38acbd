"""`run.py audit verify`: the whole journal against its chain and the heads published outside."""

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, TextIO

from handlers.terminal.settings import SettingsError
from workflows.auditing.chain import Harm, Head, Wrong
from workflows.auditing.kept import Chain

WORDS: Final[Mapping[Harm, str]] = {
    Harm.CHANGED: "{lines} was changed after it was written",
    Harm.REMOVED: "{lines} was removed",
    Harm.INSERTED: "{lines} was inserted afterwards",
    Harm.REWRITTEN: "{lines}: history was rewritten with its hashes; published heads differ",
    Harm.HEAD: "the remembered end of the journal does not fit its last line ({lines})",
    Harm.FORGED_HEAD: "heads file, {lines}: not signed by us, or cannot be read",
    Harm.UNGUARDED: "the guard {name} is missing or switched off: lines can be changed",
}
UNSURE: Final = "{lines} was changed, or line {before} was rewritten together with its hash"


@dataclass(frozen=True, slots=True)
class Verifying:
    """What the command looks at; `read` knows our signature and tells heads from forgeries."""

    chain: Chain
    read: Callable[[Sequence[str]], tuple[list[Head], list[Wrong]]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what", nargs="?", choices=["verify"], help="verify: every line of the journal"
    )
    parser.add_argument(
        "--heads", type=Path, metavar="FILE", help="with verify: heads published outside"
    )


async def verify_command(asked: argparse.Namespace, look: Verifying, out: TextIO) -> int:
    """0 if the journal is whole, 1 if not. Raises SettingsError where FILE cannot be read."""
    heads, forged = look.read(_lines(asked.heads))
    wrong = (*forged, *await look.chain.verify(heads))
    end = await look.chain.head()
    if asked.json:
        found = [{**asdict(one), "says": says(one)} for one in wrong]
        print(json.dumps({"lines": end.seq, "heads": len(heads), "wrong": found}), file=out)
        return 1 if wrong else 0
    for one in wrong:
        print(f"✗ {says(one)}", file=out)
    against = f", {len(heads)} published heads" if asked.heads else ""
    whole = f"The journal is whole: {end.seq} lines{against}."
    print(whole if not wrong else f"{len(wrong)} things are wrong.", file=out)
    return 1 if wrong else 0


def says(wrong: Wrong) -> str:
    """One sentence that names the line."""
    one, many = f"line {wrong.first}", f"lines {wrong.first} to {wrong.last}"
    lines = one if wrong.first == wrong.last else many
    words = WORDS[wrong.harm] if wrong.sure else UNSURE
    said = words.format(lines=lines, name=wrong.name, before=wrong.first - 1)
    return said if lines == one else said.replace(f"{lines} was ", f"{lines} were ", 1)


def _lines(path: Path | None) -> list[str]:
    if path is None:
        return []
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError as no:
        raise SettingsError(f"--heads {path}: {no.strerror}") from no
