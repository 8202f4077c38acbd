"""What an operator reads: one line an event, and nothing in it that is not theirs."""

import io
import json
import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from aiogram.exceptions import ClientDecodeError, TelegramNetworkError
from aiogram.methods import GetMe
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from handlers.terminal.settings import Settings, SettingsError
from tests.architecture.source import ROOT
from tests.stage import TOKEN
from wiring.logs import FORMATS, Redactor

WEBHOOK_SECRET = "w3bh00k-" + "s" * 32
PASSWORD = "horse-battery"
SETTINGS = Settings(
    database=f"postgresql+asyncpg://city:{PASSWORD}@db/city",
    token=TOKEN,
    webhook_secrets=(WEBHOOK_SECRET,),
)
PLANTED = (TOKEN, TOKEN.partition(":")[2], WEBHOOK_SECRET, PASSWORD)
NUMBERS = ("13812345678", "310101199003078515", "021-62345678")


@dataclass
class Desk:
    """A logger whose lines can be read."""

    logger: logging.Logger
    out: io.StringIO

    def text(self) -> str:
        return self.out.getvalue()

    def line(self) -> dict[str, Any]:
        (only,) = self.text().splitlines()
        told: dict[str, Any] = json.loads(only)
        return told


@pytest.fixture
def listening() -> Iterator[Callable[[str], Desk]]:
    logger = logging.getLogger("tests.operations")

    def listen(how: str) -> Desk:
        out, redactor = io.StringIO(), Redactor()
        redactor.hide(SETTINGS.secrets)
        handler = logging.StreamHandler(out)
        handler.setFormatter(FORMATS[how](redactor))
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(logging.INFO)
        return Desk(logger, out)

    yield listen
    logger.handlers, logger.propagate = [], True


def refused_download() -> Exception:
    """As aiohttp raises it: the address with the token in it, and the headers we sent."""
    url = URL(f"https://api.telegram.org/file/bot{TOKEN}/photos/1.jpg")
    headers = CIMultiDictProxy(CIMultiDict({"X-Telegram-Bot-Api-Secret-Token": WEBHOOK_SECRET}))
    asked = aiohttp.RequestInfo(url, "GET", headers, url)
    return aiohttp.ClientResponseError(asked, (), status=404, message="Not Found")


def unreadable_reply() -> Exception:
    said = {"text": f"井盖坏了，我的电话 {NUMBERS[0]}，身份证 {NUMBERS[1]}，座机 {NUMBERS[2]}"}
    return ClientDecodeError("Failed to decode", ValueError("x"), said)


def no_network() -> Exception:
    return TelegramNetworkError(GetMe(), f"Cannot connect to /bot{TOKEN}/getMe")


def no_database() -> Exception:
    return OSError(f"cannot reach postgresql+asyncpg://city:{PASSWORD}@db/city")


TROUBLES = [refused_download, unreadable_reply, no_network, no_database]


@pytest.mark.parametrize("how", ["plain", "json"])
@pytest.mark.parametrize("trouble", TROUBLES)
def test_no_trouble_tells_a_secret_or_a_number(
    listening: Callable[[str], Desk], how: str, trouble: Callable[[], Exception]
) -> None:
    """As the fault itself, as the cause of another, as its context, in a group and in words."""
    desk = listening(how)
    for raised in (direct, caused, in_context, grouped):
        try:
            raised(trouble())
        except Exception:
            desk.logger.exception("it failed")
    desk.logger.warning("it failed: %s", trouble())
    desk.logger.warning("it failed: %r", {"why": trouble()})
    assert desk.text().count("it failed") >= 6
    assert [each for each in (*PLANTED, *NUMBERS) if each in desk.text()] == []


def direct(fault: Exception) -> None:
    raise fault


def caused(fault: Exception) -> None:
    raise RuntimeError("a job failed") from fault


def in_context(fault: Exception) -> None:
    try:
        raise fault
    except type(fault):
        raise KeyError("while telling of it")  # noqa: B904 - that is the point


def grouped(fault: Exception) -> None:
    raise ExceptionGroup("two jobs failed", [fault, ValueError("the other")])


@pytest.mark.parametrize(
    "words",
    [
        "电话13812345678", "+86 138 1234 5678", "138-1234-5678", "１３８１２３４５６７８",
        "(021)62345678", "0512-62345678-803", "31010119900307851X", "(13812345678)",
    ],
)  # fmt: skip
def test_a_number_is_hidden_however_it_is_written(words: str) -> None:
    hidden = Redactor()(words)
    assert "<number>" in hidden
    assert sum(each.isdigit() for each in hidden) == 0


@pytest.mark.parametrize(
    "words",
    [
        "case 42: sent", "telegram:212981866", "2026-11-23T04:00:00Z", "timer 1234567890",
        "10.0.0.1:8080", "-1001234567890", "1700000000000", "310112101",
    ],
)  # fmt: skip
def test_what_an_operator_needs_stays(words: str) -> None:
    assert Redactor()(words) == words


def test_a_line_for_programs_names_event_and_ids(listening: Callable[[str], Desk]) -> None:
    desk = listening("json")
    desk.logger.warning("timer %s of case %s failed", 7, 42)
    told = desk.line()
    assert told.pop("at").endswith("Z")
    assert told == {
        "level": "warning",
        "logger": "tests.operations",
        "event": "timer … of case … failed",
        "message": "timer 7 of case 42 failed",
        "timer": 7,
        "case": 42,
    }


def test_a_message_that_is_owed_is_not_the_message_of_the_line(
    listening: Callable[[str], Desk],
) -> None:
    desk = listening("json")
    desk.logger.warning("message %s was taken over by another process", 12)
    told = desk.line()
    assert (told["outbox"], told["message"][:10]) == (12, "message 12")


def test_ids_may_be_given_beside_the_sentence(listening: Callable[[str], Desk]) -> None:
    desk = listening("json")
    desk.logger.info("signed", extra={"case": 9, "other": "no"})
    told = desk.line()
    assert told["case"] == 9
    assert "other" not in told


@pytest.mark.parametrize(
    ("template", "args"),
    [("%s failed", ("send",)), ("100 %% of case %d", (3,)), ("case %(n)s", ({"n": 3},))],
)
def test_any_way_to_log_is_a_line(
    listening: Callable[[str], Desk], template: str, args: tuple[Any, ...]
) -> None:
    desk = listening("json")
    desk.logger.warning(template, *args)
    assert (
        desk.line()["message"]
        == logging.LogRecord("", 0, "", 0, template, args, None).getMessage()
    )


def test_words_of_people_cannot_forge_a_line(listening: Callable[[str], Desk]) -> None:
    desk = listening("json")
    desk.logger.warning("said: %s", 'x\n{"level": "critical", "message": "forged"}')
    assert desk.line()["level"] == "warning"


def test_the_last_words_of_a_process_are_clean() -> None:
    """What nobody catches goes through the same door."""
    dying = (
        "from wiring.logs import listen_to_logs\n"
        f"listen_to_logs(loud=False, log='json', secrets=({PASSWORD!r},))\n"
        f"raise ValueError('https://x/bot{TOKEN}/y {PASSWORD}')\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", dying], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    told = json.loads(ended.stderr)
    assert (told["level"], told["error"]) == ("critical", "ValueError")
    assert [each for each in PLANTED if each in ended.stderr] == []


def test_a_log_is_plain_or_json() -> None:
    assert Settings.read({}).log == "plain"
    assert Settings.read({"PAIDAN_LOG": "json"}).log == "json"
    with pytest.raises(SettingsError, match="PAIDAN_LOG must be plain or json"):
        Settings.read({"PAIDAN_LOG": "xml"})
