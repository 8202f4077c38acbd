"""Pictures in a bucket: an S3 server on this machine, asked over real HTTP."""

import csv
import hashlib
import io
import json
import urllib.error
import urllib.request
from argparse import Namespace
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer
from PIL import Image

from handlers.terminal.doctor import Practice, doctor_command
from storage.bucket import Bucket, BucketError, BucketShelf
from storage.vault import FileVault
from tests.storage_vault.pictures_made_here import (
    Files,
    carries_metadata,
    in_chunks,
    picture,
    with_exif,
)
from tests.storage_vault.test_real_photos import PHOTOS
from workflows.cases.case import PhotoId
from workflows.rails import Finding, SealedPhoto

NOBODY = "http://127.0.0.1:9"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    running = ThreadedMotoServer("127.0.0.1", 0)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def bucket(server: str) -> Iterator[Bucket]:
    """An empty one for each test."""
    urllib.request.urlopen(urllib.request.Request(f"{server}/moto-api/reset", method="POST"))
    urllib.request.urlopen(urllib.request.Request(f"{server}/district", method="PUT"))
    return Bucket("s3://district/photos", server, key_id="ours", secret="a secret of ours")


@pytest.fixture
async def vaults(tmp_path: Path, bucket: Bucket) -> AsyncIterator[Callable[..., FileVault]]:
    opened: list[FileVault] = []

    def open_vault(where: Bucket = bucket, folder: str = "vault") -> FileVault:
        shelf = BucketShelf(where)
        limits = {"most_bytes": 20_000_000, "most_pixels": 50_000_000}
        opened.append(FileVault(tmp_path / folder, **limits, shelf=shelf))
        return opened[-1]

    yield open_vault
    for vault in opened:
        await vault.close()


def operator(bucket: Bucket) -> Any:
    """Another client than ours, with the right to do anything."""
    return boto3.client(
        "s3",
        endpoint_url=bucket.endpoint,
        region_name="us-east-1",
        aws_access_key_id="operator",
        aws_secret_access_key="another secret",
    )


def read(bucket: Bucket, name: str) -> bytes:
    found = operator(bucket).get_object(Bucket=bucket.name, Key=bucket.prefix + name)
    return bytes(found["Body"].read())


def overwrite(bucket: Bucket, name: str, data: bytes) -> None:
    operator(bucket).put_object(Bucket=bucket.name, Key=bucket.prefix + name, Body=data)


def remove(bucket: Bucket, name: str) -> None:
    operator(bucket).delete_object(Bucket=bucket.name, Key=bucket.prefix + name)


async def test_original_copy_and_facts_stand_in_the_bucket_and_nothing_here(
    vaults: Callable[..., FileVault], bucket: Bucket, files: Files
) -> None:
    data = with_exif(3)
    kept = await vaults().keep(in_chunks(data))
    short = f"{kept.sha256[:2]}/{kept.sha256}"
    assert (kept.problem, kept.stored) == ("", f"originals/{short}.bin")
    assert read(bucket, f"originals/{short}.bin") == data
    assert not carries_metadata(read(bucket, f"served/{short}.jpg"))
    assert json.loads(read(bucket, f"facts/{short}.json"))["width"] == 320
    assert files() == []


async def test_another_process_reads_what_was_kept_and_keeps_it_once(
    vaults: Callable[..., FileVault],
) -> None:
    kept = await vaults().keep(in_chunks(picture()))
    other = vaults(folder="elsewhere")
    assert await other.keep(in_chunks(picture())) == kept
    assert await other.matches(kept.sha256)
    assert (await other.served(kept.sha256)).startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize("name", ["", "../x", "0" * 63, "0" * 64])
async def test_a_name_that_is_no_kept_hash_finds_nothing(
    vaults: Callable[..., FileVault], name: str
) -> None:
    vault = vaults()
    assert not await vault.matches(name)
    with pytest.raises(FileNotFoundError):
        await vault.served(name)


async def test_the_doctor_names_what_was_changed_or_removed_in_the_bucket(
    vaults: Callable[..., FileVault], bucket: Bucket
) -> None:
    vault = vaults()
    whole = [await vault.keep(in_chunks(picture(size=(64, 48 + n)))) for n in range(3)]
    overwrite(bucket, whole[1].stored, b"another picture")
    remove(bucket, whole[2].stored)
    out = io.StringIO()
    records = Records([kept.sha256 for kept in whole])
    practice = Practice(records, vault, 9999, lambda: datetime(2026, 9, 1, tzinfo=UTC))
    assert await doctor_command(Namespace(json=True, photos=True), practice, out) == 1
    found = [finding["what"] for finding in json.loads(out.getvalue())]
    assert [what.split(":")[0] for what in found] == [
        "photo 2 is missing or changed",
        "photo 3 is missing or changed",
    ]


async def test_a_photo_that_was_spoiled_in_the_bucket_is_whole_again_when_it_is_sent_again(
    vaults: Callable[..., FileVault], bucket: Bucket
) -> None:
    vault = vaults()
    kept = await vault.keep(in_chunks(picture()))
    overwrite(bucket, kept.stored, b"spoiled")
    assert await vault.keep(in_chunks(picture())) == kept
    assert await vault.matches(kept.sha256)


@pytest.mark.parametrize("fault", ["nobody is there", "no such bucket"])
async def test_a_bucket_that_cannot_be_used_is_asked_again_later_and_leaves_nothing_here(
    vaults: Callable[..., FileVault], bucket: Bucket, files: Files, fault: str
) -> None:
    endpoint = NOBODY if fault == "nobody is there" else bucket.endpoint
    away = Bucket("s3://elsewhere", endpoint, key_id="ours", secret="a secret of ours")
    vault = vaults(away)
    with pytest.raises(OSError, match="bucket") as told:
        await vault.look()
    assert "secret" not in f"{told.value!r}"
    with pytest.raises(OSError, match="bucket") as told:
        await vault.keep(in_chunks(picture()))
    assert "a secret of ours" not in f"{told.value!r} {told.value.__cause__!r}"
    assert files() == []


async def test_who_has_no_key_to_the_bucket_reads_nothing(
    vaults: Callable[..., FileVault], bucket: Bucket
) -> None:
    kept = await vaults().keep(in_chunks(picture()))
    url = f"{bucket.endpoint}/{bucket.name}/{bucket.prefix}{kept.stored}"
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(url)  # noqa: ASYNC210  a stranger's browser


async def test_a_bucket_that_answers_lets_us_begin(vaults: Callable[..., FileVault]) -> None:
    await vaults().look()


def test_a_bucket_does_not_say_who_we_are_there(bucket: Bucket) -> None:
    assert "secret" not in repr(bucket)
    assert issubclass(BucketError, OSError)


@pytest.mark.real_data
@pytest.mark.skipif(
    not (PHOTOS / "index.csv").exists(),
    reason="not run: the real photos of ../shared/data/photos are not on this machine",
)
@pytest.mark.parametrize(
    ("first", "end"),
    [
        pytest.param(8, 16, id="of cameras", marks=pytest.mark.soak),
        pytest.param(16, 21, id="of every format"),
        pytest.param(21, 24, id="turned", marks=pytest.mark.soak),
    ],
)
async def test_real_photos_are_the_same_in_the_bucket_as_in_their_list(
    vaults: Callable[..., FileVault], bucket: Bucket, first: int, end: int
) -> None:
    vault = vaults()
    with (PHOTOS / "index.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = list(csv.DictReader(file))
    for photo in listed[first:end]:
        kept = await vault.keep(in_chunks((PHOTOS / photo["file"]).read_bytes()))
        assert kept.sha256 == photo["sha256"]
        stored = read(bucket, kept.stored)
        assert hashlib.sha256(stored).hexdigest() == photo["sha256"]
        shown = Image.open(io.BytesIO(await vault.served(kept.sha256)))
        assert not shown.getexif()


class Records:
    """A database that is well and knows these photos."""

    def __init__(self, hashes: list[str]) -> None:
        self.hashes = hashes

    async def examine(self, at: datetime) -> tuple[Finding, ...]:
        del at
        return ()

    async def sealed_photos(self) -> AsyncIterator[SealedPhoto]:
        for number, sha256 in enumerate(self.hashes, 1):
            yield SealedPhoto(PhotoId(number), sha256, sha256)
