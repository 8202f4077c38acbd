"""Paidan from the command line.

    run.py serve | audit | continue | demo [--tour] | simulate | due | docs | invite | import
           | doctor | keys | migrate | retention | petitioner | policy | export

What is heavy is imported when a command needs it: `due` is asked thousands of times over and
must not wait for the messenger's client.
"""

import argparse
import asyncio
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wiring.city import City

HERE = Path(__file__).resolve().parent
OWN_PYTHON = HERE / ".venv" / "bin" / "python"

if find_spec("aiogram") is None:
    if not OWN_PYTHON.exists() or Path(sys.prefix) == OWN_PYTHON.parent.parent:
        sys.exit("Run `make setup` first: it puts what Paidan needs into .venv.")
    os.execv(OWN_PYTHON, [str(OWN_PYTHON), *sys.argv])

from handlers.terminal import (
    audit,
    continuing,
    demo,
    docs,
    doctor,
    due,
    exporting,
    importing,
    inviting,
    keys,
    petitioner,
    policy,
    retention,
    tour,
)
from handlers.terminal.alarms import AlarmSettings
from handlers.terminal.doctor import Practice
from handlers.terminal.importing import Import
from handlers.terminal.settings import Settings, SettingsError
from storage.failpoints import Reach, failpoint, nowhere
from wiring.now import read_book, wall_clock
from workflows.policy.mistakes import PolicyMistakes
from workflows.ports import Clock


def parser() -> argparse.ArgumentParser:
    """Every command and its options."""
    top = argparse.ArgumentParser(prog="run.py", description="Paidan: a dispatch bot for cities.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("serve", help="answer people, until told to stop")
    audit.add_arguments(
        commands.add_parser("audit", help="the quick checks, once or --watch; verify")
    )
    continuing.add_arguments(commands.add_parser("continue", help="restart what stands still"))
    commands.add_parser("migrate", help="bring the database up to date and stop")
    playing = commands.add_parser("demo", help="a whole town on this machine: no account")
    demo.add_arguments(playing, os.environ)
    simulate = commands.add_parser("simulate", help="the Bot API simulator alone")
    simulate.add_argument("--port", type=int, default=8300)
    simulate.add_argument("--host", default="127.0.0.1")
    simulate.add_argument("--token", help="let only this bot in")
    simulate.add_argument("--rates", choices=["off", "documented", "strict"], default="off")
    docs.add_arguments(commands.add_parser("docs", help="print law, scopes and periods into docs"))
    due.add_arguments(commands.add_parser("due", help="when a limit is used up, and why"))
    inviting.add_arguments(commands.add_parser("invite", help="create a person and their link"))
    importing.add_arguments(
        commands.add_parser("import", help="cases, grids, people, catalogue, shifts")
    )
    petitioner.add_arguments(commands.add_parser("petitioner", help="a copy for who called"))
    retention.add_arguments(commands.add_parser("retention", help="what is kept, and how long"))
    exporting.add_arguments(commands.add_parser("export", help="a file of cases"))
    policy.add_arguments(commands.add_parser("policy", help="which numbers are in force"))
    doctor.add_arguments(commands.add_parser("doctor", help="check every invariant"))
    keys.add_arguments(commands.add_parser("keys", help="make, rotate and count keys"))
    return top


def main(
    arguments: Sequence[str] | None = None,
    *,
    now: Clock = wall_clock,
    ticks: Callable[[], float] = time.monotonic,
    reach: Reach = nowhere,
) -> int:
    """Run one command; its exit code.

    A test may move time by `now`, the messenger's budgets by `ticks`, and kill us at `reach`.
    """
    asked = parser().parse_args(arguments)
    try:
        if asked.command == "docs":
            return docs.docs_command(asked, sys.stdout)
        if asked.command == "due":
            return due.due_command(asked, read_book(Settings(), now).calendar, sys.stdout)
        return asyncio.run(_command(asked, now, ticks, reach))
    except (SettingsError, PolicyMistakes, demo.DemoError) as mistakes:
        print(mistakes, file=sys.stderr)
        return 2


async def _command(
    asked: argparse.Namespace, now: Clock, ticks: Callable[[], float], reach: Reach
) -> int:
    from wiring.logs import listen_to_logs
    from wiring.serving import serve_command

    if asked.command in {"simulate", "demo"}:
        listen_to_logs(loud=asked.command == "simulate")
        return await _on_the_stage(asked, now)
    settings = Settings.read(os.environ)
    alarms = AlarmSettings.read(os.environ) if asked.command == "audit" else AlarmSettings()
    loud = asked.command == "serve" or getattr(asked, "watch", False)
    secrets = (*settings.secrets, *alarms.secrets)
    listen_to_logs(loud=loud, log=settings.log, secrets=secrets)
    if asked.command == "serve":
        return await serve_command(settings, now, reach, ticks)
    if asked.command == "keys":
        from wiring.keys import keys_command

        return await keys_command(asked, settings, now)
    if asked.command == "audit":
        from wiring.auditor import audit_command

        return await audit_command(asked, settings, alarms, now)
    return await _on_the_database(asked, replace(settings, token=""), now)


async def _on_the_stage(asked: argparse.Namespace, now: Clock) -> int:
    """What needs the simulator, which a served city does not load."""
    from wiring.past import open_past
    from wiring.stage import open_demo, simulate_command

    if asked.command == "simulate":
        return await simulate_command(asked)
    if asked.tour:
        return await tour.tour_command(open_demo, sys.stdout)
    calendar = read_book(Settings(), now).calendar
    return await demo.demo_command(
        asked, calendar, now, open_demo, open_past=open_past, out=sys.stdout
    )


async def _on_the_database(asked: argparse.Namespace, settings: Settings, now: Clock) -> int:
    """What an operator does beside a running service; nothing here speaks to a messenger."""
    from wiring.city import open_city

    async with open_city(settings, now=now) as city:
        if asked.command == "invite":
            return await inviting.invite_command(asked, city.flows, sys.stdout)
        if asked.command == "import":
            importer = Import(city.flows, city.storage.loading, sys.stdout)
            return await importing.import_command(asked, importer)
        if asked.command == "continue":
            tools = continuing.Toolbox(city.storage.mending, city.flows.rearm)
            return await continuing.continue_command(asked, tools, sys.stdout)
        if asked.command in {"retention", "petitioner", "policy", "export"}:
            return await _on_what_is_kept(asked, city, now)
        if asked.command == "doctor":
            known = max(city.book.calendar.national.known, default=0)
            practice = Practice(city.storage.doctor, city.vault, known, city.now)
            return await doctor.doctor_command(asked, practice, sys.stdout)
    return 0


async def _on_what_is_kept(asked: argparse.Namespace, city: "City", now: Clock) -> int:
    """What is kept about people: for how long, and for themselves."""
    from wiring.keeping import counter, keeping

    if asked.command in {"policy", "export"}:
        return await _on_what_takes_two(asked, city)
    if asked.command == "petitioner":
        desk = counter(city.storage, city.book, now)
        return await petitioner.petitioner_command(asked, desk, sys.stdout)
    kept = keeping(city.storage, city.vault, city.book, now)
    return await retention.retention_command(asked, kept, sys.stdout)


async def _on_what_takes_two(asked: argparse.Namespace, city: "City") -> int:
    """What an operator begins and two people decide."""
    from wiring.approving import exporting as exporting_of
    from wiring.policy import policy_command

    if asked.command == "export":
        return await exporting.export_command(asked, exporting_of(city), sys.stdout)
    return await policy_command(asked, city, sys.stdout)


if __name__ == "__main__":
    sys.exit(main(reach=failpoint(os.environ.get("PAIDAN_FAILPOINT", ""))))
