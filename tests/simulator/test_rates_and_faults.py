"""Checklist 29, and every misbehaviour that can be asked for."""

import asyncio
from typing import Any

import aiohttp
import pytest

from tests.simulator.conftest import TOKEN, Sim, keyboard

GO = keyboard([("去", "go")])


async def send(sim: Sim, person: int) -> dict[str, Any]:
    return await sim.call("sendMessage", chat_id=person, text="x", reply_markup=GO)


async def raw(sim: Sim, person: int, **options: Any) -> aiohttp.ClientResponse:
    data = {"chat_id": str(person), "text": "x"}
    return await sim.http.post(f"{sim.url}/bot{TOKEN}/sendMessage", data=data, **options)


async def test_strict_rates_refuse_the_second_send_and_edits_too(sim: Sim) -> None:
    person, other = await sim.user("甲"), await sim.user("乙")
    await sim.sim("POST", "/rates", mode="strict")
    sent = await send(sim, person)
    body = await send(sim, person)
    assert body["description"] == "Too Many Requests: retry after 1"
    assert body["parameters"] == {"retry_after": 1}
    at = {"chat_id": person, "message_id": sent["result"]["message_id"]}
    assert (await sim.call("editMessageText", **at, text="y"))["error_code"] == 429
    assert (await send(sim, other))["ok"]
    await sim.press(person, label="去")
    (update,) = await sim.updates()
    query = update["callback_query"]["id"]
    assert await sim.done("answerCallbackQuery", callback_query_id=query)
    sim.advance(2)
    assert (await send(sim, person))["ok"]


async def test_documented_rates_allow_twenty_a_minute(sim: Sim) -> None:
    person = await sim.user()
    await sim.sim("POST", "/rates", mode="documented")
    for _ in range(20):
        sim.advance(1.1)
        assert (await send(sim, person))["ok"]
    sim.advance(1.1)
    body = await send(sim, person)
    assert 30 < body["parameters"]["retry_after"] <= 60
    sim.advance(60)
    assert (await send(sim, person))["ok"]


async def test_thirty_a_second_is_the_most_for_one_bot(sim: Sim) -> None:
    people = [await sim.user(str(number)) for number in range(31)]
    await sim.sim("POST", "/rates", mode="documented")
    verdicts = [(await send(sim, person))["ok"] for person in people]
    assert verdicts == [True] * 30 + [False]


async def test_a_planned_429_closes_the_chat_for_its_delay(sim: Sim) -> None:
    person = await sim.user()
    sent = await send(sim, person)
    await sim.sim("POST", "/faults", kind="429", method="sendMessage", retry_after=7)
    response = await raw(sim, person)
    assert (response.status, response.headers["Retry-After"]) == (429, "7")
    at = {"chat_id": person, "message_id": sent["result"]["message_id"]}
    assert (await sim.call("editMessageText", **at, text="y"))["error_code"] == 429
    sim.advance(8)
    assert await sim.done("editMessageText", **at, text="y")


async def test_a_timeout_comes_after_delivery(sim: Sim) -> None:
    person = await sim.user()
    await sim.sim("POST", "/faults", kind="timeout")
    with pytest.raises(TimeoutError):
        await raw(sim, person, timeout=aiohttp.ClientTimeout(total=0.2))
    assert [each["text"] for each in await sim.screen(person)] == ["/start", "x"]


@pytest.mark.parametrize(("delivered", "texts"), [(False, 1), (True, 2)])
async def test_a_connection_is_dropped(sim: Sim, delivered: bool, texts: int) -> None:
    person = await sim.user()
    await sim.sim("POST", "/faults", kind="drop", delivered=delivered)
    with pytest.raises(aiohttp.ClientError):
        await raw(sim, person)
    assert len(await sim.screen(person)) == texts


async def test_a_bad_gateway_speaks_html(sim: Sim) -> None:
    person = await sim.user()
    await sim.sim("POST", "/faults", kind="502", count=2)
    for _ in range(2):
        response = await raw(sim, person)
        assert (response.status, response.content_type) == (502, "text/html")
    assert (await raw(sim, person)).status == 200


async def test_an_answer_breaks_in_the_middle(sim: Sim) -> None:
    person = await sim.user()
    await sim.says(person, "x")
    await sim.sim("POST", "/faults", kind="truncated", method="getUpdates")
    with pytest.raises(aiohttp.ClientError):
        async with sim.http.get(f"{sim.url}/bot{TOKEN}/getUpdates") as response:
            await response.read()
    sim.advance(4)
    assert len(await sim.updates()) == 1


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"kind": "blocked"}, "Forbidden: bot was blocked by the user"),
        (
            {"kind": "migrated", "to": -1001},
            "Bad Request: group chat was upgraded to a supergroup chat",
        ),
    ],
)
async def test_a_verdict_about_a_chat_is_played(
    sim: Sim, rule: dict[str, Any], words: str
) -> None:
    person, other = await sim.user("甲"), await sim.user("乙")
    await sim.sim("POST", "/faults", **rule, chat=person)
    assert (await send(sim, other))["ok"]
    assert (await send(sim, person))["description"] == words
    assert (await send(sim, person))["ok"]


async def test_any_answer_can_be_put_into_the_servers_mouth(sim: Sim) -> None:
    person = await sim.user()
    body = {"ok": False, "error_code": 500}
    await sim.sim("POST", "/faults", kind="answer", status=500, body=body)
    response = await raw(sim, person)
    assert (response.status, await response.json()) == (500, body)
    assert len(await sim.screen(person)) == 1


async def test_a_delayed_answer_still_comes(sim: Sim) -> None:
    person = await sim.user()
    await sim.sim("POST", "/faults", kind="delay", seconds=0.05)
    assert (await send(sim, person))["ok"]


async def test_a_reply_may_hold_a_tag_of_tomorrow(sim: Sim) -> None:
    person = await sim.user()
    await sim.sim("POST", "/faults", kind="unknown tag in reply")
    body = await send(sim, person)
    assert body["result"]["forward_origin"]["type"] == "a_kind_of_tomorrow"


@pytest.mark.parametrize("kind", ["undecodable update", "unknown tag in update"])
async def test_an_update_can_be_spoiled(sim: Sim, kind: str) -> None:
    person = await sim.user()
    await sim.sim("POST", "/faults", kind=kind)
    await sim.says(person, "坏")
    await sim.says(person, "好")
    spoiled, fine = await sim.updates()
    assert "forward_origin" in spoiled["message"] or spoiled["message"]["date"] == {}
    assert fine["message"]["text"] == "好"


async def test_an_update_can_come_twice(sim: Sim) -> None:
    person = await sim.user()
    await sim.sim("POST", "/faults", kind="duplicate_update")
    await sim.says(person, "x")
    first, second = await sim.done("getUpdates")
    assert first == second


async def test_faults_are_listed_and_dropped(sim: Sim) -> None:
    person = await sim.user()
    await sim.sim("POST", "/faults", kind="502", count=0)
    assert [each["kind"] for each in await sim.sim("GET", "/faults")] == ["502"]
    await sim.sim("DELETE", "/faults")
    assert (await send(sim, person))["ok"]
    await sim.sim("POST", "/faults", expects=400, kind="earthquake")


async def test_polls_are_spared_unless_named(sim: Sim) -> None:
    person = await sim.user()
    await sim.sim("POST", "/faults", kind="502")
    await sim.says(person, "x")
    assert len(await sim.updates()) == 1
    assert (await raw(sim, person)).status == 502


async def test_stopping_ends_a_waiting_call(sim: Sim) -> None:
    person = await sim.user()
    await sim.sim("POST", "/faults", kind="timeout")
    waiting = asyncio.create_task(raw(sim, person))
    await sim.arrived("sendMessage", 1)
    assert not waiting.done()
    waiting.cancel()
