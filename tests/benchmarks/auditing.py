"""How long the auditor's minute takes in a city of a million cases."""

import time
from pathlib import Path

from storage.auditing import StoredAuditing
from storage.database import connect_read_only
from tests.benchmarks.million import CASES, multiply
from tests.benchmarks.town import open_cases, quiet_city
from workflows.auditing.faults import Progress

LOOKS = 20


async def looks(folder: Path, database: str, count: int = CASES) -> list[float]:
    """Milliseconds of each look; all must find that all is well."""
    async with quiet_city(folder, database) as (city, clock):
        [case] = await open_cases(city.flows, 1, 1, quiet=False)
        seen = await multiply(city.storage.database, case.id, count)
        only_reading = connect_read_only(database)
        auditing = StoredAuditing(only_reading, calendar_until=2100)
        progress, rounds = Progress(head=seen), []
        for _ in range(LOOKS):
            began = time.perf_counter()
            look = await auditing.look(clock(), progress)
            rounds.append(1000 * (time.perf_counter() - began))
            assert look.faults == ()
            progress = look.progress
        await only_reading.dispose()
    return rounds
