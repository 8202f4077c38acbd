"""Checklist 18 and 19: pushed updates, their order, their retries, their secret."""

import asyncio
import json
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import pytest
from aiohttp import web

from tests.simulator.conftest import Sim
from tests.simulator.hook import Hook, listening


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    async with listening() as hook:
        yield hook


async def test_an_update_is_pushed_with_its_secret(sim: Sim, hook: Hook) -> None:
    person = await sim.user()
    await sim.done("setWebhook", url=hook.url, secret_token="s3cret_-")
    await sim.says(person, "你好")
    await hook.has(1)
    assert hook.texts() == ["你好"]
    assert hook.headers[0]["X-Telegram-Bot-Api-Secret-Token"] == "s3cret_-"
    assert hook.headers[0]["Content-Type"] == "application/json"


async def test_without_a_secret_there_is_no_header(sim: Sim, hook: Hook) -> None:
    person = await sim.user()
    await sim.done("setWebhook", url=hook.url)
    await sim.says(person, "x")
    await hook.has(1)
    assert "X-Telegram-Bot-Api-Secret-Token" not in hook.headers[0]


async def refuses(*_: object) -> web.StreamResponse:
    return web.Response(status=500)


async def is_busy(*_: object) -> web.StreamResponse:
    return web.Response(status=503, headers={"Retry-After": "30"})


async def has_moved(*_: object) -> web.StreamResponse:
    return web.Response(status=301, headers={"Location": "/elsewhere"})


async def hangs_up(request: web.Request, _: object) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def sleeps(*_: object) -> web.StreamResponse:
    await asyncio.sleep(0.6)
    return web.Response()


async def last_error(sim: Sim) -> str | None:
    found: str | None = (await sim.done("getWebhookInfo")).get("last_error_message")
    return found


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (refuses, "Wrong response from the webhook: 500 Internal Server Error"),
        (is_busy, "Wrong response from the webhook: 503 Service Unavailable"),
        (has_moved, "Wrong response from the webhook: 301 Moved Permanently"),
        (hangs_up, "Connection closed"),
        (sleeps, "Read timeout expired"),
    ],
)
async def test_a_failed_push_is_tried_again(sim: Sim, hook: Hook, answer: Any, words: str) -> None:
    person = await sim.user()
    hook.answer = answer
    await sim.done("setWebhook", url=hook.url)
    await sim.says(person, "x")
    await sim.until(partial(last_error, sim))
    info = await sim.done("getWebhookInfo")
    assert info["last_error_message"] == words
    assert info["pending_update_count"] == 1
    hook.answer = hook.fine
    tried = len(hook.got)

    async def delivered() -> bool:
        sim.advance(130)
        return not (await sim.done("getWebhookInfo"))["pending_update_count"]

    await sim.until(delivered)
    assert len(hook.got) > tried
    assert set(hook.texts()) == {"x"}


async def test_retry_after_is_honoured(sim: Sim, hook: Hook) -> None:
    person = await sim.user()
    hook.answer = is_busy
    await sim.done("setWebhook", url=hook.url)
    await sim.says(person, "x")
    await hook.has(1)
    await sim.until(partial(last_error, sim))
    sim.advance(20)
    await sim.done("getMe")
    assert len(hook.got) == 1
    sim.advance(11)
    await hook.has(2)


async def test_a_new_hook_starts_afresh(sim: Sim, hook: Hook) -> None:
    person = await sim.user()
    hook.answer = is_busy
    await sim.done("setWebhook", url=hook.url)
    await sim.says(person, "x")
    await sim.until(partial(last_error, sim))
    await sim.done("deleteWebhook")
    sim.advance(2)
    hook.answer = hook.fine
    await sim.done("setWebhook", url=hook.url)
    await hook.has(2)


async def test_no_more_connections_than_allowed(sim: Sim, hook: Hook) -> None:
    people = [await sim.user(str(number)) for number in range(4)]
    most, open_now = 0, 0

    async def counts(*_: object) -> web.StreamResponse:
        nonlocal most, open_now
        open_now += 1
        most = max(most, open_now)
        await hook.bell.wait(0.02)
        open_now -= 1
        return web.Response()

    hook.answer = counts
    for person in people:
        await sim.says(person, "x")
    await sim.done("setWebhook", url=hook.url, max_connections=2)
    await hook.has(4)
    assert most <= 2


async def test_one_chat_keeps_its_order_while_another_goes_on(sim: Sim, hook: Hook) -> None:
    slow, quick = await sim.user("慢"), await sim.user("快")

    async def picky(_: web.Request, update: dict[str, Any]) -> web.StreamResponse:
        return web.Response(status=500 if update["message"]["text"] == "slow 1" else 200)

    hook.answer = picky
    await sim.done("setWebhook", url=hook.url)
    await sim.says(slow, "slow 1")
    await sim.says(slow, "slow 2")
    await sim.says(quick, "quick")
    await hook.has(3)
    assert sorted(set(hook.texts())) == ["quick", "slow 1"]
    hook.answer = hook.fine
    sim.advance(130)
    await hook.has(5)
    assert hook.texts()[-2:] == ["slow 1", "slow 2"]


async def test_a_method_in_the_answer_is_done_once(sim: Sim, hook: Hook) -> None:
    person = await sim.user()

    async def replies(_: web.Request, __: dict[str, Any]) -> web.StreamResponse:
        call = {"method": "sendMessage", "chat_id": person, "text": "收到"}
        return web.Response(text=json.dumps(call), content_type="application/json")

    hook.answer = replies
    await sim.done("setWebhook", url=hook.url)
    await sim.says(person, "x")

    async def answered() -> bool:
        return "收到" in [each["text"] for each in await sim.screen(person)]

    await sim.until(answered)
    assert [each["text"] for each in await sim.screen(person)].count("收到") == 1


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"secret_token": "密"}, "secret token contains unallowed characters"),
        ({"secret_token": "a" * 257}, "secret token is too long"),
        (
            {"url": "http://example.org/x"},
            "bad webhook: An HTTPS URL must be provided for webhook",
        ),
        ({"url": "ftp://example.org/x"}, "invalid webhook URL specified"),
    ],
)
async def test_a_bad_hook_is_refused(sim: Sim, given: dict[str, str], why: str) -> None:
    url = {"url": "http://127.0.0.1:9/"}
    assert await sim.refused("setWebhook", **(url | given)) == f"Bad Request: {why}"


async def test_setting_hooks_says_what_happened(sim: Sim, hook: Hook) -> None:
    words = [
        (await sim.call("setWebhook", url=hook.url))["description"],
        (await sim.call("setWebhook", url=hook.url))["description"],
        (await sim.call("setWebhook", url=hook.url + "2"))["description"],
        (await sim.call("deleteWebhook"))["description"],
        (await sim.call("setWebhook", url=""))["description"],
    ]
    assert words == [
        "Webhook was set",
        "Webhook is already set",
        "Too Many Requests: retry after 1",
        "Webhook was deleted",
        "Webhook is already deleted",
    ]


async def test_pending_updates_can_be_dropped(sim: Sim) -> None:
    person = await sim.user()
    await sim.says(person, "x")
    await sim.done("deleteWebhook", drop_pending_updates=True)
    assert (await sim.done("getWebhookInfo"))["pending_update_count"] == 0


async def test_a_hook_that_is_gone_for_a_day_is_removed(sim: Sim, hook: Hook) -> None:
    person = await sim.user()

    async def is_gone(*_: object) -> web.StreamResponse:
        return web.Response(status=410)

    hook.answer = is_gone
    await sim.done("setWebhook", url=hook.url)
    await sim.says(person, "x")
    await sim.until(partial(last_error, sim))

    async def removed() -> bool:
        sim.advance(3600)
        return not (await sim.done("getWebhookInfo"))["url"]

    await sim.until(removed)
    assert len(hook.got) > 2


async def test_nobody_at_the_address_is_an_error_to_read(sim: Sim) -> None:
    person = await sim.user()
    await sim.done("setWebhook", url="http://127.0.0.1:9/hook")
    await sim.says(person, "x")
    await sim.until(partial(last_error, sim))
    assert await last_error(sim) == "Connection refused"


@pytest.mark.parametrize(
    "body",
    ["method=getMe", "method=setWebhook&url=", "method=danceForMe", "[1]", '{"method": "logOut"}'],
)
async def test_some_answers_are_not_obeyed(sim: Sim, hook: Hook, body: str) -> None:
    person = await sim.user()
    form = body.startswith("method")

    async def replies(*_: object) -> web.StreamResponse:
        kind = "application/x-www-form-urlencoded" if form else "application/json"
        return web.Response(text=body, content_type=kind)

    hook.answer = replies
    await sim.done("setWebhook", url=hook.url)
    await sim.says(person, "x")

    async def delivered() -> bool:
        return not (await sim.done("getWebhookInfo"))["pending_update_count"]

    await sim.until(delivered)
    calls = {each["method"] for each in await sim.sim("GET", "/calls")}
    assert calls == {"getUpdates", "setWebhook", "getWebhookInfo"}
    assert len(hook.got) == 1


async def test_a_far_hook_is_taken_at_its_word(sim: Sim) -> None:
    await sim.done("setWebhook", url="https://example.org:8443/hook", drop_pending_updates=True)
    assert (await sim.done("getWebhookInfo"))["url"] == "https://example.org:8443/hook"
    why = await sim.refused("setWebhook", url="https://example.org:9000/hook")
    assert why.startswith("Bad Request: bad webhook: Webhook can be set up only on ports")
    why = await sim.refused("setWebhook", url="https://example.org:port/")
    assert why == "Bad Request: invalid webhook URL specified"
