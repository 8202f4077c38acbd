"""Bring everything under the key in use, in small steps beside the work: after an upgrade, where
what was stored is still plain, and after a rotation, where it is sealed by an older key.

One short transaction a step, so that nobody waits; where it has got to lies in the database, so
that any process goes on after any death. A pass that finds nothing left to do is the last one.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Text, and_, cast, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.keyring import MARK, PROOF, Keyring, KeysError
from storage.rows.outgoing import outbox
from storage.rows.rails import settings
from storage.sealed_rows import FAMILIES, SEALED
from storage.upsert import inserting

log = logging.getLogger(__name__)

STATE: Final = "keys"
PROOF_NUMBER: Final = "10000000"
REWRITTEN: Final = "VACUUM (FULL) caller, draft, inbox, outbox"
"""PostgreSQL keeps what a row was in the same file until the table is written anew."""


async def prove_keys(database: Database, keyring: Keyring) -> None:
    """The first start puts a proof into the database; every other one must be able to read it.

    Raises KeysError; nothing has been changed then.
    """
    async with database.begin() as connection:
        state = await _state(connection)
        if state is None:
            adding = inserting(connection, settings).on_conflict_do_nothing()
            value = json.dumps({**_proof(keyring), "done": ""})
            await connection.execute(adding.values(name=STATE, value=value))
            return
    _check(state, keyring)


def _check(state: Mapping[str, Any], keyring: Keyring) -> None:
    sealed_by = state["proof"].removeprefix(MARK).partition(":")[0]
    if sealed_by not in keyring.keys.seals:
        raise KeysError(
            f"{OTHER_KEYS} It was sealed with key {sealed_by}, which is not among them."
        )
    try:
        opened = keyring.open(state["proof"])
    except KeysError:
        opened = ""
    if opened != PROOF:
        raise KeysError(f"{OTHER_KEYS} Key {sealed_by} has another secret here.")
    if state["look"] not in keyring.looks(PROOF_NUMBER):
        name = state["look"].partition(":")[0]
        raise KeysError(f"{OTHER_KEYS} The [[look]] {name} is missing or has another secret.")


OTHER_KEYS: Final = (
    "These are not the keys of this city, so nobody's number could be read; nothing was changed. "
    "Put back the key file that it was served with last."
)


def _proof(keyring: Keyring) -> dict[str, str]:
    return {"proof": keyring.seal(PROOF), "look": keyring.look(PROOF_NUMBER)}


@dataclass(slots=True)
class Resealing:
    """Does a little whenever it is asked, until nothing is left."""

    database: Database
    keyring: Keyring

    async def round(self) -> int:
        """One step. Returns 0 once all is under the keys in use."""
        try:
            self.keyring.refresh()
        except KeysError as no:
            log.warning("the key file cannot be read again, the keys at hand go on: %s", no)
        if self.keyring.switched:
            await self.again()  # what we have sealed until now may lie behind the last pass
            self.keyring.switched = False
        wanted = f"{self.keyring.keys.current}/{self.keyring.keys.current_look}"
        async with self.database.reading() as connection:
            state = await _state(connection, hold=False)
        if state is not None and state["done"] == wanted and not state.get("scrub"):
            return 0
        async with self.database.begin() as connection:
            state = await _state(connection)
            assert state is not None
            if state["done"] != wanted:
                state = await self._step(connection, state, wanted)
                await _keep(connection, state)
        if state["done"] != wanted:
            return 1
        if state.get("scrub"):
            await self._scrubbed()  # where somebody reads just now the next round tries again
        return 0

    async def again(self) -> None:
        """Let whoever comes next go through everything once more."""
        async with self.database.begin() as connection:
            state = await _state(connection)
            if state is not None:
                await _keep(connection, {**state, "done": "", "for": ""})

    async def left(self) -> Mapping[str, int]:
        """Rows by what they are sealed with, `plain` among them; for whoever retires a key."""
        found: dict[str, int] = {}
        async with self.database.reading() as connection:
            for table, column in SEALED:
                words = cast(column, Text)
                start = func.instr if self.database.is_sqlite else func.strpos
                begins = start(words, MARK)
                head = func.substr(words, begins, 60)
                rows = await connection.execute(select(head).where(begins.in_((1, 12))))
                for (words_at,) in rows:
                    name = words_at.removeprefix(MARK).partition(":")[0]
                    found[name] = found.get(name, 0) + 1
                if column is not outbox.c.data:
                    plain = and_(begins.not_in((1, 12)), words != "", words != "{}")
                    many = (
                        await connection.execute(
                            select(func.count()).select_from(table).where(plain)
                        )
                    ).scalar_one()
                    found["plain"] = found.get("plain", 0) + many
        return {name: many for name, many in found.items() if many}

    async def _step(
        self, connection: AsyncConnection, state: Mapping[str, Any], wanted: str
    ) -> dict[str, Any]:
        if state.get("for") != wanted:
            state = {**state, "for": wanted, "family": 0, "upto": 0, "changed": 0}
        look_at = FAMILIES[state["family"]]
        rows = await look_at(connection, self.keyring, state["upto"])
        changed = state["changed"] + rows.changed
        scrub = state.get("scrub", False) or rows.was_plain
        if rows.last is not None:
            return {**state, "upto": rows.last, "changed": changed, "scrub": scrub}
        following = state["family"] + 1
        if following < len(FAMILIES):
            return {**state, "family": following, "upto": 0, "changed": changed, "scrub": scrub}
        if changed:
            return {**state, "family": 0, "upto": 0, "changed": 0, "scrub": scrub}
        log.info("everything is sealed with key %s", self.keyring.keys.current)
        return {**_proof(self.keyring), "done": wanted, "scrub": scrub}

    async def _scrubbed(self) -> None:
        """What was plain is gone from the file as well, not only from the tables."""
        if self.database.is_sqlite:
            done = await _scrub_sqlite(self.database)
        else:
            async with self.database.writer.connect() as plain:
                connection = await plain.execution_options(isolation_level="AUTOCOMMIT")
                await connection.execute(text(REWRITTEN))
            done = True
        if done:
            async with self.database.begin() as connection:
                state = await _state(connection)
                assert state is not None
                await _keep(connection, {**state, "scrub": False})


async def _scrub_sqlite(database: Database) -> bool:
    """Write the file anew and empty its log; false while somebody still reads the old pages."""
    async with database.writer.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        await driver.execute("VACUUM")
        cursor = await driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, *_ = await cursor.fetchone()
    return not busy


async def _state(connection: AsyncConnection, *, hold: bool = True) -> dict[str, Any] | None:
    question = select(settings.c.value).where(settings.c.name == STATE)
    question = question.with_for_update() if hold else question
    value = (await connection.execute(question)).scalar_one_or_none()
    return None if value is None else json.loads(value)


async def _keep(connection: AsyncConnection, state: Mapping[str, Any]) -> None:
    value = json.dumps(dict(state))
    await connection.execute(update(settings).where(settings.c.name == STATE).values(value=value))
