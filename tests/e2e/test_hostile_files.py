"""Files that mean harm or are none: each gets a useful sentence, and the case stays open."""

import io
import json
import logging
import zipfile

import pytest

from tests.cast import ZHOU
from tests.city import LiveCity
from tests.e2e.given import CLEAN, signed
from tests.stage import TOKEN
from tests.storage_vault.pictures_made_here import flat_png, picture
from workflows.cases.case import PhotoState, Stage, State

AT_ONCE = "这种文件用不了。请发照片"
NO_PICTURE = "#1 收到的不是照片，请拍一张现场发来"
BROKEN = "#1 有张照片打不开，请重拍一张发来"
TOO_LARGE = "#1 有张照片太大"


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        zipped.writestr("../../etc/cron.d/ours", "x")
    return out.getvalue()


def polyglot() -> bytes:
    return picture(comment=b"<?php system($_GET[0]); ?>")


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ((b"<svg onload='alert(1)'/>", "现场.svg", "image/svg+xml"), AT_ONCE),
        ((b"<script>alert(1)</script>", "现场.html", "text/html"), AT_ONCE),
        ((archive(), "现场.zip", "application/zip"), AT_ONCE),
        ((b"#!/bin/sh\nrm -rf /\n", "现场.jpg", "image/jpeg"), NO_PICTURE),
        ((b"<html><script>", "../../../etc/passwd.jpg", "image/jpeg"), NO_PICTURE),
        ((archive(), "现场.jpg", "image/jpeg"), NO_PICTURE),
        ((polyglot(), "<b>现场</b>.jpg", "image/jpeg"), NO_PICTURE),
        ((flat_png(20_000, 20_000, rows=1), "现场.png", "image/png"), TOO_LARGE),
        ((picture()[:-600], "=cmd|'/c calc'!A1.jpg", "image/jpeg"), BROKEN),
    ],
    ids=[
        "SVG", "page", "archive", "script as photo", "page with a path", "archive as photo",
        "photo that is a program", "bomb", "truncated",
    ],
)  # fmt: skip
async def test_what_is_no_photo_is_refused_in_words_and_the_case_goes_on(
    city: LiveCity,
    caplog: pytest.LogCaptureFixture,
    file: tuple[bytes, str, str],
    sentence: str,
) -> None:
    zhou = city[ZHOU]
    await signed(city)
    caplog.set_level(logging.INFO)
    await zhou.hands(*file)
    await zhou.sees(sentence)
    case = await city.case(1)
    assert (case.state, case.photo_counts.get(Stage.AFTER, 0)) == (State.HANDLING, 0)
    assert all(p.state is PhotoState.REFUSED for p in (await city.view(1)).photos)
    for secret in (TOKEN, "alert(1)", "passwd", "rm -rf"):
        assert secret not in caplog.text
    await zhou.shows_album(CLEAN)
    assert (await city.case(1)).photo_counts[Stage.AFTER] == 2


@pytest.mark.parametrize(
    "path",
    ["../../../etc/passwd", "/etc/passwd", "http://elsewhere.example/x.jpg", "photos//..%2fx.jpg"],
)
async def test_a_path_that_leads_elsewhere_is_not_followed(
    city: LiveCity, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    zhou = city[ZHOU]
    await signed(city)
    found = {"file_id": "f", "file_unique_id": "u", "file_path": path, "file_size": 9}
    body = json.dumps({"ok": True, "result": found})
    await city.town.faults("answer", method="getFile", status=200, body=body)
    await zhou.shows(CLEAN[0])
    await zhou.sees(BROKEN)
    assert (await city.case(1)).state is State.HANDLING
    assert TOKEN not in caplog.text


async def test_a_download_that_is_not_there_is_tried_again_and_no_token_is_told(
    city: LiveCity, caplog: pytest.LogCaptureFixture
) -> None:
    zhou = city[ZHOU]
    await signed(city)
    caplog.set_level(logging.INFO)
    found = {"file_id": "f", "file_unique_id": "u", "file_path": "photos/gone.jpg", "file_size": 9}
    body = json.dumps({"ok": True, "result": found})
    await city.town.faults("answer", method="getFile", status=200, body=body)
    await zhou.shows(CLEAN[0])
    assert [p.state for p in (await city.view(1)).photos] == [PhotoState.PENDING]
    assert (await city.case(1)).photo_counts[Stage.AFTER] == 1, "it counts from when it was sent"
    await city.fast_forward(seconds=31)
    assert [p.state for p in (await city.view(1)).photos] == [PhotoState.KEPT]
    assert TOKEN.partition(":")[2] not in caplog.text
    assert "could not be fetched" in caplog.text
