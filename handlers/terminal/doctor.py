"""`run.py doctor`: check every invariant, name what is wrong, exit 1 if anything is."""

import argparse
import json
from collections.abc import AsyncIterator, Iterable
from dataclasses import asdict, dataclass
from typing import TextIO

from workflows.auditing.horizon import year_needed
from workflows.ports import Clock
from workflows.rails import Doctor, Finding, Vault


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for other programs")


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
        *[finding async for finding in _files(practice)],
        *_calendar(practice),
    ]
    if asked.json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False), file=out)
    else:
        _print(findings, out)
    return 1 if findings else 0


async def _files(practice: Practice) -> AsyncIterator[Finding]:
    """Every sealed photo is present and still has its hash."""
    async for photo_id, sha256 in practice.doctor.sealed_photos():
        if not await practice.vault.matches(sha256):
            yield Finding("photo file", f"photo {photo_id} is missing or changed: {sha256}")


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
