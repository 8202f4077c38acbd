"""Which policy a start goes by, and what becomes of the files that were found."""

import argparse
import getpass
import logging
import socket
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TextIO

from handlers.terminal.settings import Settings, SettingsError
from storage.assembly import Storage
from storage.policies import policy_in_force
from wiring.now import book_of
from workflows.approving.offer_policy import Offered
from workflows.auditing.rearm import operator_named
from workflows.book import Book
from workflows.policy.compare import differences
from workflows.policy.load import VERSION_LENGTH, Bundle, digest_of, policy_of, read_bundle
from workflows.policy.mistakes import PolicyMistakes
from workflows.ports import Clock

if TYPE_CHECKING:
    from wiring.city import City

log = logging.getLogger(__name__)

SAID = {
    Offered.FIRST: "these are the first policy files of this city: they are in force",
    Offered.IN_FORCE: "these policy files are in force",
    Offered.PROPOSED: "other policy files than those in force: two people have to approve them",
    Offered.WAITS: "other policy files than those in force: they wait for approval",
    Offered.REFUSED: "these policy files were not approved; `run.py policy propose` asks anew",
    Offered.NOBODY: "other policy files than those in force, and no two people to approve them",
}


@dataclass(frozen=True, slots=True)
class Found:
    """The files that were found, and the book that this start goes by."""

    files: Bundle
    book: Book
    unreadable: bool = False


def read_found(settings: Settings, now: Clock) -> Found:
    """The files as they are found. Raises PolicyMistakes with every mistake, or SettingsError."""
    files = read_bundle(settings.policy)
    return Found(files, book_of(policy_of(files), settings, now))


async def go_by(found: Found, settings: Settings, storage: Storage, now: Clock) -> Found:
    """The same with the book of what is in force, where that is something else.

    A file that this release is the first to have comes from those found.
    """
    current = await policy_in_force(storage.database)
    if current is None or digest_of(current) == digest_of(found.files):
        return found
    try:
        book = book_of(policy_of({**found.files, **current}), settings, now)
    except (PolicyMistakes, SettingsError) as no:
        log.error("the policy in force cannot be used by this release: %s", no)  # noqa: TRY400
        return replace(found, unreadable=True)
    return replace(found, book=book)


async def offer_policy(city: "City") -> None:
    """Whoever serves puts other files than those in force before two people, once."""
    offer, found = city.flows.offer_policy, city.found
    if found.unreadable:
        await offer.take(found.files, _operator())
        return
    offered = await offer(found.files, _operator())
    quiet = offered in {Offered.FIRST, Offered.IN_FORCE}
    log.log(logging.INFO if quiet else logging.WARNING, SAID[offered])


async def policy_command(asked: argparse.Namespace, city: "City", out: TextIO) -> int:
    """0 where the files found are in force, 1 where they are not (yet)."""
    files = city.found.files
    if asked.does == "propose":
        by = operator_named(getpass.getuser(), socket.gethostname(), asked.by)
        offered = await city.flows.offer_policy(files, by, why=asked.why, anew=True)
        print(f"{digest_of(files)[:VERSION_LENGTH]}: {SAID[offered]}", file=out)
        return 0 if offered in {Offered.FIRST, Offered.IN_FORCE, Offered.PROPOSED} else 1
    current = await policy_in_force(city.storage.database)
    if current is None:
        print("No policy is in force yet: `run.py serve` takes the first it finds.", file=out)
        return 1
    print(f"in force  {digest_of(current)[:VERSION_LENGTH]}", file=out)
    print(f"found     {digest_of(files)[:VERSION_LENGTH]}", file=out)
    every = differences(current, files)
    for each in every:
        print(f"  {each}", file=out)
    return 1 if every else 0


def _operator() -> str:
    return operator_named(getpass.getuser(), socket.gethostname(), "")
