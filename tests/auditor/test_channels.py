"""Letters through a real mail server, calls and heartbeats to a real web server."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.i18n import Speech
from bot.letter import Letters
from handlers.auditor.channel import UndeliveredError
from handlers.auditor.heartbeat import Heartbeat
from handlers.auditor.mail import Mail, Post
from handlers.auditor.signature import SIGNATURE, TIMESTAMP, is_ours
from handlers.auditor.webhook import Webhook
from tests.auditor.certificate import server_context, written
from tests.auditor.servers import Listener, PostOffice, listener, post_office
from workflows.auditing.faults import Fault, Rule
from workflows.auditing.telling import News, Over
from workflows.cases.case import CaseId

NINE = datetime(2026, 11, 23, 1, tzinfo=UTC)
SECRET = "a-shared-secret-of-more-than-32-characters"
LATE = Fault(Rule.LATE_TIMER, 200, tuple(map(CaseId, (3, 5, 7, 9, 11))), more=True)
DEAD = Fault(Rule.DEAD_LETTER, 1, (CaseId(42),))
SINCE = dict.fromkeys(Rule, NINE)
NEWS = News(NINE, (LATE,), (DEAD,), (Over(Rule.MESSENGER, NINE, NINE),), SINCE)
WELL = News(NINE, (), (), (Over(Rule.LATE_TIMER, NINE, NINE),), SINCE)


def letters(language: str = "zh") -> Letters:
    return Letters(Speech.load().in_(language), ZoneInfo("Asia/Shanghai"), "https://wiki/run/")


def mail(office: PostOffice, **changes: object) -> Mail:
    post = Post(
        "127.0.0.1", office.port, "plain", "paidan@city.test", ("duty@city.test", "it@city.test")
    )
    return Mail(replace(post, **changes), letters())


@pytest.fixture
async def web() -> AsyncIterator[Listener]:
    async with listener() as listening:
        yield listening


async def test_a_letter_says_what_is_wrong_how_many_which_and_what_to_do() -> None:
    async with post_office() as office:
        await mail(office).tell(NEWS)
    [letter] = office.letters
    assert office.receivers == ["duty@city.test", "it@city.test"]
    assert letter["Subject"] == "【派单】有异常：到点的计时超过一分钟没有触发"
    text = letter.get_content()
    assert letter.get_content_type() == "text/plain"
    assert "数量：至少 200" in text
    assert "案件：#3, #5, #7, #9, #11, …" in text
    assert "处理办法：https://wiki/run/late_timer.md" in text
    assert "仍未消除：" in text
    assert "案件：#42\n" in text
    assert "聊天平台的消息送不到我们这里：2026-11-23 09:00 至 2026-11-23 09:00" in text


async def test_the_all_clear_is_a_letter_too() -> None:
    async with post_office() as office:
        await mail(office).tell(WELL)
    assert office.letters[0]["Subject"] == "【派单】全部恢复正常"


def test_a_letter_speaks_english_where_that_is_set() -> None:
    letter = letters("en").letter(NEWS)
    assert letter.subject == "[Paidan] Something is wrong: Timers are more than a minute late"
    assert "How many: 200 or more" in letter.text
    assert letters("en").letter(replace(NEWS, fresh=())).subject.startswith("[Paidan] Better: ")
    still = replace(NEWS, fresh=(), over=())
    assert letters("en").letter(still).subject == "[Paidan] Still wrong: Messages were given up"
    two = replace(NEWS, fresh=(LATE, DEAD), standing=())
    assert letters("en").letter(two).subject.endswith(", and more")


async def test_a_letter_goes_over_starttls_after_a_login(tmp_path: Path) -> None:
    root = written(tmp_path)
    async with post_office(server_context(tmp_path), asks_who=True) as office:
        secure = {"security": "starttls", "ca": root, "user": "bot"}
        await mail(office, password="open sesame", **secure).tell(NEWS)
        assert (office.under_tls, office.users) == ([True], ["bot"])
        with pytest.raises(UndeliveredError, match=r"SMTPAuthenticationError 535") as no:
            await mail(office, password="open barley", **secure).tell(NEWS)
    assert "barley" not in f"{no.value}{no.value.__cause__}{mail(office, password='open barley')}"


async def test_a_mail_server_that_nobody_vouches_for_gets_no_letter(tmp_path: Path) -> None:
    async with post_office(server_context(tmp_path)) as office:
        with pytest.raises(UndeliveredError):
            await mail(office, security="starttls").tell(NEWS)
    assert office.letters == []


async def test_a_letter_never_goes_in_the_clear_where_tls_was_asked_for() -> None:
    async with post_office() as office:
        with pytest.raises(UndeliveredError):
            await mail(office, security="starttls").tell(NEWS)
        with pytest.raises(UndeliveredError):
            await mail(office, security="tls").tell(NEWS)
    assert office.letters == []


async def test_a_letter_that_is_refused_or_that_nobody_takes_was_not_delivered() -> None:
    async with post_office() as office:
        office.refuses = "550 duty@city.test is not known here"
        with pytest.raises(UndeliveredError, match=r"^\w+ 550$"):
            await mail(office).tell(NEWS)
    with pytest.raises(UndeliveredError, match="SMTPConnectError"):
        await mail(office).tell(NEWS)


async def test_a_call_can_be_checked_by_whoever_knows_the_secret(web: Listener) -> None:
    await Webhook(web.url, SECRET, letters("en")).tell(NEWS)
    [(method, headers, body)] = web.calls
    seconds = int(NINE.timestamp())
    assert method == "POST"
    assert is_ours(SECRET, headers, body, seconds)
    told = json.loads(body)
    assert (told["kind"], told["all_well"]) == ("paidan.audit", False)
    assert told["new"] == [
        {
            "rule": "late_timer",
            "what": "Timers are more than a minute late",
            "count": 200,
            "at_least": True,
            "cases": [3, 5, 7, 9, 11],
            "detail": "",
            "since": "2026-11-23T01:00:00+00:00",
            "runbook": "https://wiki/run/late_timer.md",
        }
    ]
    assert [one["rule"] for one in told["standing"]] == ["dead_letter"]
    assert [one["rule"] for one in told["over"]] == ["messenger"]
    assert not is_ours(SECRET, headers, body + b" ", seconds)
    assert not is_ours(SECRET + "x", headers, body, seconds)
    assert not is_ours(SECRET, headers, body, seconds + 301)
    assert not is_ours(SECRET, headers | {TIMESTAMP: str(seconds + 1)}, body, seconds)
    assert not is_ours(SECRET, headers | {SIGNATURE: "v1=é\udcff"}, body, seconds)
    assert not is_ours(SECRET, headers | {TIMESTAMP: "²"}, body, seconds)
    assert not is_ours(SECRET, {}, body, seconds)


@pytest.mark.parametrize("status", [302, 403, 500])
async def test_only_a_2xx_is_a_receipt_and_no_redirect_is_followed(
    web: Listener, status: int
) -> None:
    web.status = status
    with pytest.raises(UndeliveredError, match=str(status)):
        await Webhook(web.url, SECRET, letters()).tell(NEWS)
    assert len(web.calls) == 1


async def test_neither_address_nor_secret_is_ever_printed(
    web: Listener, caplog: pytest.LogCaptureFixture
) -> None:
    hook, beat = Webhook(web.url, SECRET, letters()), Heartbeat(web.url)
    web.status = 500
    assert not await beat.beat()
    gone = Webhook("http://127.0.0.1:1/a-key-that-nobody-prints", SECRET, letters())
    with pytest.raises(UndeliveredError) as no:
        await gone.tell(NEWS)
    assert not await Heartbeat("http://127.0.0.1:1/a-key-that-nobody-prints").beat()
    said = f"{hook}{beat}{gone}{no.value}{caplog.text}"
    assert "a-key" not in said
    assert SECRET not in said


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_the_heart_beats_once_a_minute_and_never_insists(web: Listener, method: str) -> None:
    assert await Heartbeat(web.url, method).beat()
    web.status = 503
    assert not await Heartbeat(web.url, method).beat()
    assert [call[0] for call in web.calls] == [method, method]
