"""A bot's token shows up nowhere, in whatever words it comes."""

import io
import logging

import pytest
from aiogram.exceptions import ClientDecodeError

from bot.telegram.outcomes import told
from bot.telegram.redaction import guard, redact
from handlers.terminal.settings import Settings
from tests.stage import TOKEN

SECRET = TOKEN.partition(":")[2]


@pytest.mark.parametrize(
    "text",
    [
        f"GET https://api.telegram.org/bot{TOKEN}/getMe failed",
        f"https://api.telegram.org/file/bot{TOKEN}/photos/file_1.jpg",
        f"404, url='http://127.0.0.1:8081/bot{TOKEN}'",
        f"Bot('{TOKEN.replace('4242', '42421234')}')",
        f"https://api.telegram.org/bot{TOKEN.replace(':', '%3A')}/getMe",
    ],
)
def test_a_token_is_replaced(text: str) -> None:
    assert SECRET not in redact(text)
    assert "<token>" in redact(text)


@pytest.mark.parametrize(
    "text",
    ["case 42: sent", "10:31:05", "at 2026-11-23T04:00:00", "telegram:212981866", "/bottle/1"],
)
def test_other_words_stay(text: str) -> None:
    assert redact(text) == text


def test_an_error_is_told_in_one_short_line() -> None:
    line = told(ValueError(f"bad\nhost /bot{TOKEN}/x {'y' * 900}"))
    assert line.startswith("ValueError: bad host /bot<token>/x")
    assert len(line) == 300
    assert told(TimeoutError()) == "TimeoutError"


def test_an_unreadable_reply_is_not_quoted() -> None:
    error = ClientDecodeError("x", ValueError("王磊"), {"text": "王磊 13812345678"})
    assert told(error) == "unreadable reply: ValueError"


def test_a_guarded_log_holds_no_token_even_in_tracebacks() -> None:
    out = io.StringIO()
    handler = guard(logging.StreamHandler(out), "%(levelname)s %(message)s")
    logger = logging.getLogger("guarded")
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    logger.info("asked /bot%s/getMe", TOKEN)
    try:
        int(f"GET /file/bot{TOKEN}/x")
    except ValueError:
        logger.exception("a download failed")
    logger.removeHandler(handler)
    text = out.getvalue()
    assert SECRET not in text
    assert "INFO asked /bot<token>/getMe" in text
    assert "GET /file/bot<token>/x" in text


def test_settings_do_not_tell_their_secrets() -> None:
    settings = Settings(database=f"postgresql://city:{SECRET}@host/city", token=TOKEN)
    assert SECRET not in repr(settings)
