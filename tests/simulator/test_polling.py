"""Checklist 14 to 17: getUpdates, its offsets, its rivals, and how long updates live."""

from tests.simulator.conftest import Sim

TWO_POLLERS = (
    "Conflict: terminated by other getUpdates request;"
    " make sure that only one bot instance is running"
)


def ids(updates: list[dict[str, int]]) -> list[int]:
    return [each["update_id"] for each in updates]


async def polls(sim: Sim) -> int:
    return sum(each["method"] == "getUpdates" for each in await sim.sim("GET", "/calls"))


async def test_the_poller_that_waits_is_the_one_to_fail(sim: Sim) -> None:
    person = await sim.user()
    before = await polls(sim)
    first = sim.post("getUpdates", offset=0, timeout=30)
    await sim.arrived("getUpdates", before + 1)
    second = sim.post("getUpdates", offset=0, timeout=30)
    refusal = await first
    assert (refusal["error_code"], refusal["description"]) == (409, TWO_POLLERS)
    await sim.says(person, "x")
    assert len((await second)["result"]) == 1


async def test_conflicts_come_three_seconds_apart(sim: Sim) -> None:
    await sim.user()
    before = await polls(sim)
    first = sim.post("getUpdates", timeout=30)
    await sim.arrived("getUpdates", before + 1)
    second = sim.post("getUpdates", timeout=30)
    await first
    third = sim.post("getUpdates", timeout=30)
    await sim.arrived("getUpdates", before + 3)
    assert not second.done()
    sim.advance(3)
    assert (await second)["description"] == TWO_POLLERS
    third.cancel()


async def test_polling_with_a_hook_is_a_conflict(sim: Sim) -> None:
    await sim.done("setWebhook", url="http://127.0.0.1:9/hook")
    body = await sim.call("getUpdates")
    assert body["description"] == (
        "Conflict: can't use getUpdates method while webhook is active;"
        " use deleteWebhook to delete the webhook first"
    )


async def test_setting_a_hook_ends_the_poll(sim: Sim) -> None:
    await sim.user()
    before = await polls(sim)
    poll = sim.post("getUpdates", timeout=30)
    await sim.arrived("getUpdates", before + 1)
    await sim.done("setWebhook", url="http://127.0.0.1:9/hook")
    assert (await poll)["description"] == "Conflict: terminated by setWebhook request"


async def test_what_is_not_confirmed_comes_again(sim: Sim) -> None:
    person = await sim.user()
    for text in "abc":
        await sim.says(person, text)
    first = await sim.done("getUpdates")
    sim.advance(3)
    assert await sim.done("getUpdates") == first
    rest = await sim.done("getUpdates", offset=first[0]["update_id"] + 1)
    assert ids(rest) == ids(first)[1:]


async def test_a_negative_offset_keeps_the_newest(sim: Sim) -> None:
    person = await sim.user()
    for text in "abc":
        await sim.says(person, text)
    kept = await sim.done("getUpdates", offset=-1)
    assert [each["message"]["text"] for each in kept] == ["c"]
    sim.advance(3)
    assert await sim.done("getUpdates") == kept


async def test_an_offset_beyond_the_end_is_the_head(sim: Sim) -> None:
    person = await sim.user()
    await sim.says(person, "a")
    found = await sim.done("getUpdates", offset=2_000_000_000)
    assert [each["message"]["text"] for each in found] == ["a"]


async def test_asking_the_same_at_once_gets_a_trickle(sim: Sim) -> None:
    person = await sim.user()
    for text in "abc":
        await sim.says(person, text)
    assert len(await sim.done("getUpdates", offset=1)) == 3
    assert len(await sim.done("getUpdates", offset=1)) == 1
    sim.advance(0.6)
    assert len(await sim.done("getUpdates", offset=1)) == 3


async def test_asking_the_same_of_nothing_waits_three_seconds(sim: Sim) -> None:
    await sim.done("getUpdates", offset=5)
    again = sim.post("getUpdates", offset=5)
    await sim.arrived("getUpdates", 2)
    assert not again.done()
    sim.advance(3)
    assert (await again)["result"] == []


async def test_a_limit_is_clamped_and_not_refused(sim: Sim) -> None:
    person = await sim.user()
    for text in "abc":
        await sim.says(person, text)
    assert len(await sim.done("getUpdates", limit=0)) == 1
    assert len(await sim.done("getUpdates", offset=1, limit=500)) == 3


async def test_allowed_updates_persist_until_given_again(sim: Sim) -> None:
    person = await sim.user()
    await sim.done("getUpdates", allowed_updates=["message"])
    assert await sim.sim("POST", f"/users/{person}/block") == []
    await sim.sim("POST", f"/users/{person}/unblock")
    await sim.done("getUpdates", offset=3, allowed_updates=[])
    assert len(await sim.sim("POST", f"/users/{person}/block")) == 1
    kinds = [set(each) - {"update_id"} for each in await sim.updates()]
    assert kinds == [{"my_chat_member"}]


async def test_only_unknown_names_mean_the_default(sim: Sim) -> None:
    person = await sim.user()
    await sim.done("getUpdates", allowed_updates=["mesage"])
    assert len(await sim.says(person, "x")) == 1


async def test_old_presses_and_messages_are_gone_after_an_outage(sim: Sim) -> None:
    person = await sim.user()
    await sim.done(
        "sendMessage",
        chat_id=person,
        text="x",
        reply_markup={"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]},
    )
    await sim.press(person, label="a")
    await sim.says(person, "hello")
    assert (await sim.done("getWebhookInfo"))["pending_update_count"] == 2
    sim.advance(151)
    assert (await sim.done("getWebhookInfo"))["pending_update_count"] == 1
    sim.advance(86_400)
    assert (await sim.done("getWebhookInfo"))["pending_update_count"] == 0
    assert await sim.done("getUpdates") == []


async def test_people_may_write_before_the_bot_starts(sim: Sim) -> None:
    user = await sim.sim("POST", "/users", first_name="王")
    await sim.sim("POST", f"/users/{user['id']}/start", payload="abc")
    found = await sim.done("getUpdates")
    assert [each["message"]["text"] for each in found] == ["/start abc"]
    assert (await sim.done("getMe"))["id"] == 4242


async def test_two_bots_have_two_queues(sim: Sim) -> None:
    await sim.done("getMe")
    await sim.done("getMe", token="77:another")
    user = await sim.sim("POST", "/users", first_name="王")
    await sim.sim("POST", f"/users/{user['id']}/messages", expects=404, text="whom?")
    await sim.sim("POST", f"/users/{user['id']}/messages", text="you", bot=77)
    assert await sim.done("getUpdates") == []
    assert len(await sim.done("getUpdates", token="77:another")) == 1
