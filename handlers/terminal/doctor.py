"""`run.py doctor`: check every invariant, name what is wrong, exit 1 if anything is."""

import argparse
import json
import sys
from collections.abc import AsyncIterator, Iterable
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Final, TextIO

from tqdm import tqdm

from workflows.auditing.horizon import year_needed
from workflows.ports import Clock
from workflows.rails import Doctor, Finding, Vault

LONGEST_LOOK: Final = timedelta(minutes=1)
"""Photos are read anew for so long, unless all are asked for: a large city has millions."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for other programs")
    parser.add_argument(
        "--photos",
        action="store_true",
        help="read every kept photo anew, however long it takes; else for a minute",
    )


@dataclass(frozen=True, slots=True)
class Practice:
    """What the doctor looks at; `calendar_until` is the last year whose holidays are known."""

    doctor: Doctor
    vault: Vault
    calendar_until: int
    now: Clock


async def doctor_command(asked: argparse.Namespace, practice: Practice, out: TextIO) -> int:
    """0 if all is well, 1 if anything is not."""
    findings = [
        *await practice.doctor.examine(practice.now()),
        *[finding async for finding in _files(practice, whole=asked.photos)],
        *_calendar(practice),
    ]
    if asked.json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False), file=out)
    else:
        _print(findings, out)
    return 1 if findings else 0


async def _files(practice: Practice, *, whole: bool) -> AsyncIterator[Finding]:
    """Every sealed photo is present and has the hash that the journal holds.

    What there was no time for is told beside the findings: it is not known to be wrong.
    """
    until = practice.now() + LONGEST_LOOK
    with tqdm(unit=" photos", disable=None) as bar:
        async for photo in practice.doctor.sealed_photos():
            if not whole and practice.now() > until:
                after = f"photos from {photo.id} on were not looked at: doctor --photos"
                print(after, file=sys.stderr)
                return
            if photo.sha256 != photo.on_record:
                what = f"photo {photo.id} does not have the hash of its journal line"
                yield Finding("photo hash", what)
            if not await practice.vault.matches(photo.on_record or photo.sha256):
                what = f"photo {photo.id} is missing or changed: {photo.sha256}"
                yield Finding("photo file", what)
            bar.update()


def _calendar(practice: Practice) -> Iterable[Finding]:
    needed = year_needed(practice.now())
    if practice.calendar_until < needed:
        yield Finding(
            "holiday data", f"days off of {needed} are not known: limits are provisional"
        )


def _print(findings: list[Finding], out: TextIO) -> None:
    for finding in findings:
        print(f"✗ {finding.rule}: {finding.what} ({finding.count})", file=out)
    print("All is well." if not findings else f"{len(findings)} things are wrong.", file=out)
