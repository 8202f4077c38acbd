"""The keys of a city: where a process reads them, and the commands that make and change them."""

import argparse
import os
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final, TextIO

from handlers.terminal.settings import Settings, SettingsError
from storage.database import connect
from storage.keyring import (
    Keyring,
    Keys,
    KeysError,
    keys_from,
    name_at,
    new_keys,
    retired,
    rotated,
)
from storage.resealing import Resealing, prove_keys
from workflows.ports import Clock

NONE_YET: Final = (
    "PAIDAN_KEYS_FILE is not set. Callers' numbers are kept sealed, so a key file is needed, "
    "apart from the database: `run.py keys new FILE` makes one."
)


def open_keyring(settings: Settings) -> Keyring:
    """Raises SettingsError, in words that never hold anything of a key."""

    def read() -> Keys:
        return keys_from(_text(settings))

    if settings.keys_file is None and not settings.keys:
        raise SettingsError(NONE_YET)
    try:
        return Keyring(read)
    except KeysError as no:
        raise SettingsError(f"PAIDAN_KEYS_FILE: {no}") from no


async def keys_command(
    asked: argparse.Namespace, settings: Settings, now: Clock, out: TextIO = sys.stdout
) -> int:
    """Raises SettingsError; a file that is there is only ever replaced as a whole."""
    path: Path | None = asked.file or settings.keys_file
    if path is None:
        raise SettingsError("Name the file: `run.py keys new FILE`, or set PAIDAN_KEYS_FILE.")
    try:
        match asked.what:
            case "new":
                _make(path, new_keys(name_at(now())))
                print(SAID_NEW.format(path=path), file=out)
            case "rotate":
                text = rotated(_read(path), name_at(now()), look=asked.look)
                _replace(path, text)
                print(SAID_ROTATED, file=out)
            case _:
                return await _look(asked, settings, path, out)
    except KeysError as no:
        raise SettingsError(f"{path}: {no}") from no
    return 0


SAID_NEW: Final = (
    "{path} is made, readable by you alone. Set PAIDAN_KEYS_FILE to it and keep a copy apart\n"
    "from the database's backups: without it nobody can read a caller's number again."
)
SAID_ROTATED: Final = (
    "A new key stands first. Give the file to every process; each reads it again within a minute\n"
    "and seals anew in small steps what is there. `run.py keys status` says when that is done,\n"
    "`run.py keys retire` then drops the older keys."
)


STILL_NEEDED: Final = (
    "Older keys are still needed, so nothing was dropped. A city that runs goes through\n"
    "everything once more; please ask again when `run.py keys status` shows one key alone."
)


async def _look(asked: argparse.Namespace, settings: Settings, path: Path, out: TextIO) -> int:
    """Count what is sealed with which key; drop the keys that nothing needs."""
    keyring = Keyring(lambda: keys_from(_read(path)))
    database = connect(settings.database)
    try:
        await prove_keys(database, keyring)
        resealing = Resealing(database, keyring)
        left = await resealing.left()
        others = {name: many for name, many in left.items() if name != keyring.keys.current}
        if others and asked.what == "retire":
            await resealing.again()
    finally:
        await database.dispose()
    for name, many in sorted(left.items()):
        print(f"{many:>9}  {name}", file=out)
    if asked.what == "status":
        return 0
    if others:
        print(STILL_NEEDED, file=out)
        return 1
    _replace(path, retired(_read(path)))
    print(f"Only {keyring.keys.current} is left. Older backups need the older keys.", file=out)
    return 0


def _text(settings: Settings) -> str:
    return settings.keys if settings.keys_file is None else _read(settings.keys_file)


def _read(path: Path) -> str:
    """Raises KeysError."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as no:
        why = type(no).__name__
        raise KeysError(f"the key file cannot be read ({why}): is it where it was?") from no


def _make(path: Path, text: str) -> None:
    """Raises KeysError where a file is there already: its keys may be all that opens a city."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as no:
        raise KeysError(
            "this file is there already; `run.py keys rotate` adds a key to it"
        ) from no
    except OSError as no:
        raise KeysError(f"the file cannot be made ({type(no).__name__})") from no
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _replace(path: Path, text: str) -> None:
    """As a whole: whoever reads meanwhile reads either the old file or the new one."""
    with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        Path(file.name).replace(path)
    except OSError:
        with suppress(OSError):
            Path(file.name).unlink()
        raise
