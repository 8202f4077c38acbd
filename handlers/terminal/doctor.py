"""`run.py doctor`: check every invariant, name what is wrong, exit 1 if anything is."""

import argparse
import json
from collections.abc import AsyncIterator, Iterable
from dataclasses import asdict
from datetime import datetime
from typing import TextIO

from workflows.ports import Clock
from workflows.rails import Doctor, Finding, Vault


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for other programs")


async def doctor_command(
    asked: argparse.Namespace,
    doctor: Doctor,
    vault: Vault,
    calendar_until: int,
    now: Clock,
    out: TextIO,
) -> int:
    """`calendar_until` is the last year whose holidays are known."""
    findings = [
        *await doctor.examine(now()),
        *[finding async for finding in _files(doctor, vault)],
        *_calendar(calendar_until, now()),
    ]
    if asked.json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False), file=out)
    else:
        _print(findings, out)
    return 1 if findings else 0


async def _files(doctor: Doctor, vault: Vault) -> AsyncIterator[Finding]:
    """Every sealed photo is present and still has its hash."""
    async for photo_id, sha256 in doctor.sealed_photos():
        if not await vault.matches(sha256):
            yield Finding("photo file", f"photo {photo_id} is missing or changed: {sha256}")


def _calendar(known_until: int, now: datetime) -> Iterable[Finding]:
    """From November on deadlines cross the year's end, so next year must be known."""
    needed = now.year + 1 if now.month >= 11 else now.year
    if known_until < needed:
        yield Finding(
            "holiday data", f"days off of {needed} are not known: limits are provisional"
        )


def _print(findings: list[Finding], out: TextIO) -> None:
    for finding in findings:
        print(f"✗ {finding.rule}: {finding.what} ({finding.count})", file=out)
    print("All is well." if not findings else f"{len(findings)} things are wrong.", file=out)
