"""The walk of whole verbs (tests/properties/test_verbs.py) once more, on a real PostgreSQL."""

import asyncio

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.properties.test_verbs import House
from tests.storage.conftest import AS_NEW, _named, _on_server


def test_the_records_agree_and_no_column_holds_a_contact_on_postgresql(postgresql: str) -> None:
    url = _named(postgresql, "template")

    class HouseOnAServer(House):
        def place(self) -> str:
            asyncio.run(_on_server(url, *AS_NEW))
            return url

    walk = settings(
        max_examples=3,
        stateful_step_count=16,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(HouseOnAServer, settings=walk)
