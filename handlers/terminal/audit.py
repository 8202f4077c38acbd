"""`run.py audit`: the quick checks once, exit 1 if anything is wrong; `--watch`: every minute."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TextIO

from bot.letter import Letters
from handlers.terminal import verifying
from workflows.auditing.faults import Fault


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--watch", action="store_true", help="every minute, telling whoever is on watch"
    )
    parser.add_argument("--json", action="store_true", help="for other programs")
    verifying.add_arguments(parser)


def print_faults(
    asked: argparse.Namespace, faults: Sequence[Fault], letters: Letters, out: TextIO
) -> int:
    """0 if all is well, 1 if anything is not."""
    if asked.json:
        print(json.dumps([asdict(fault) for fault in faults], ensure_ascii=False), file=out)
        return 1 if faults else 0
    for fault in faults:
        print(f"✗ {fault.rule}: {letters.line(fault)}\n  {letters.page(fault.rule)}", file=out)
    print("All is well." if not faults else f"{len(faults)} things are wrong.", file=out)
    return 1 if faults else 0
