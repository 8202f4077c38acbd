"""`run.py invite`: create a person from the terminal and print the link that lets them in."""

import argparse
from typing import TextIO

from workflows import Workflows
from workflows.people import SYSTEM, AgencyCode, AreaCode, PersonId, Post, Role
from workflows.refusals import Refused


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", help="what colleagues call them")
    roles = sorted(set(Role) - {Role.SYSTEM})
    parser.add_argument("role", nargs="?", choices=roles, help="what they do")
    parser.add_argument("area", nargs="?", default="", help="area code; a longer code is smaller")
    parser.add_argument("--agency", help="agency code, for workers and agency leads")
    parser.add_argument("--language", default="zh", choices=["zh", "en"])
    parser.add_argument("--again", type=int, metavar="PERSON", help="a new link for this person")


async def invite_command(asked: argparse.Namespace, flows: Workflows, out: TextIO) -> int:
    """Print the token; whoever sends `/start TOKEN` to the bot first, within a day, is them."""
    try:
        token = await _invite(asked, flows)
    except Refused as no:
        print(f"No such person: {no.data}", file=out)
        return 1
    if not token:
        print('Say who: run.py invite "王磊" worker 310112101 --agency SAN-01', file=out)
        return 2
    print(
        f"Good for one person and 24 hours. In the bot's chat they send:\n/start {token}", file=out
    )
    return 0


async def _invite(asked: argparse.Namespace, flows: Workflows) -> str:
    if asked.again is not None:
        return await flows.invite.again(SYSTEM, PersonId(asked.again))
    if not asked.name or not asked.role:
        return ""
    agency = AgencyCode(asked.agency) if asked.agency else None
    post = Post(Role(asked.role), AreaCode(asked.area), agency)
    return await flows.invite(SYSTEM, asked.name, (post,), asked.language)
