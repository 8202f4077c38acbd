"""Kept pictures in a bucket that speaks S3: MinIO in the next room, or a cloud.

An upload becomes visible when it is complete, and carries a SHA-256 that the store checks. We
never change anything, and remove only what has been kept for its whole time (retention.toml).
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import S3Store

PATIENCE: Final = timedelta(seconds=20)
"""A picture that cannot be placed is tried again later, so nobody waits long here."""
AT_ONCE: Final = 32 * 1024 * 1024
"""Bytes: more than any picture, so each is sent in one piece whose hash the store checks."""
CHUNK: Final = 1024 * 1024


class BucketError(OSError):
    """The bucket did not do what it was asked; it may be asked again."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """Which bucket, and who we are there. Without `endpoint` it is that of Amazon's region."""

    url: str
    endpoint: str = ""
    region: str = "us-east-1"
    key_id: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)

    @property
    def name(self) -> str:
        return urlsplit(self.url).netloc

    @property
    def prefix(self) -> str:
        """Empty, or a folder inside the bucket with its slash."""
        path = urlsplit(self.url).path.strip("/")
        return f"{path}/" if path else ""


class BucketShelf:
    """Implements `storage.shelf.Shelf`."""

    def __init__(self, bucket: Bucket) -> None:
        self._prefix = bucket.prefix
        who = {"access_key_id": bucket.key_id, "secret_access_key": bucket.secret}
        options: dict[str, Any] = {**who, "region": bucket.region}
        if bucket.endpoint:
            options["endpoint"] = bucket.endpoint
        plain = bucket.endpoint.startswith("http://")
        self._store = S3Store(
            bucket.name,
            checksum_algorithm="SHA256",
            client_options={"allow_http": plain, "timeout": PATIENCE},
            retry_config={"max_retries": 2, "retry_timeout": PATIENCE},
            **options,
        )

    async def place(self, source: Path, name: str) -> None:
        with _told_as_ours():
            await obstore.put_async(
                self._store, self._prefix + name, source, use_multipart=False, chunk_size=AT_ONCE
            )

    async def read(self, name: str) -> bytes:
        with _told_as_ours():
            found = await obstore.get_async(self._store, self._prefix + name)
            return bytes(await found.bytes_async())

    async def holds(self, name: str) -> bool:
        try:
            with _told_as_ours():
                await obstore.head_async(self._store, self._prefix + name)
        except FileNotFoundError:
            return False
        return True

    async def sha256(self, name: str) -> str:
        digest = hashlib.sha256()
        try:
            with _told_as_ours():
                found = await obstore.get_async(self._store, self._prefix + name)
                async for chunk in found.stream(min_chunk_size=CHUNK):
                    digest.update(chunk)
        except FileNotFoundError:
            return ""
        return digest.hexdigest()

    async def remove(self, name: str) -> None:
        with suppress(FileNotFoundError), _told_as_ours():
            await obstore.delete_async(self._store, self._prefix + name)

    async def look(self) -> None:
        with _told_as_ours():
            await obstore.list_with_delimiter_async(self._store, self._prefix + "incoming/")


@contextmanager
def _told_as_ours() -> Iterator[None]:
    """Their errors carry requests with them; ours say what kind it was and nothing else."""
    try:
        yield
    except NotFoundError:
        raise FileNotFoundError("the bucket has nothing under this name") from None
    except BaseError as error:
        raise BucketError(f"the bucket could not be used: {type(error).__name__}") from None
