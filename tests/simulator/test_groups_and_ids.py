"""Checklist 30 and 50: groups, supergroups, and numbers that meet."""

from tests.simulator.conftest import TOKEN, Sim


async def test_two_chats_have_messages_with_the_same_number(sim: Sim) -> None:
    person = await sim.user()
    group = await sim.sim("POST", "/groups", title="网格", members=[person], supergroup=True)
    numbers = [
        {(await sim.done("sendMessage", chat_id=chat, text="x"))["message_id"] for _ in range(3)}
        for chat in (person, group["id"])
    ]
    assert numbers[0] & numbers[1]
    assert group["id"] < -1_000_000_000_000


async def test_large_ids_survive(sim: Sim) -> None:
    person = await sim.user(id=2**40 + 7)
    sent = await sim.done("sendMessage", chat_id=person, text="x")
    assert sent["chat"]["id"] == person == 2**40 + 7


async def test_message_numbers_rise_from_one_start_to_the_next(sim: Sim) -> None:
    person = await sim.user()
    first = (await sim.done("sendMessage", chat_id=person, text="x"))["message_id"]
    sim.advance(3600)
    another = "99:abcdef"
    await sim.done("getMe", token=another)
    await sim.sim("POST", f"/users/{person}/start", bot=99)
    later = await sim.done("sendMessage", token=another, chat_id=person, text="x")
    assert later["message_id"] > first + 1000


async def test_privacy_mode_hides_small_talk(sim: Sim) -> None:
    person = await sim.user()
    group = await sim.sim("POST", "/groups", title="网格", members=[person])
    await sim.updates()
    card = await sim.done("sendMessage", chat_id=group["id"], text="卡")
    for text, more in (
        ("闲聊", {}),
        ("/tasks", {}),
        ("好", {"reply_to": card["message_id"]}),
        ("@simulated_4242_bot 在吗", {}),
    ):
        await sim.says(person, text, chat_id=group["id"], **more)
    texts = [each["message"]["text"] for each in await sim.updates()]
    assert texts == ["/tasks", "好", "@simulated_4242_bot 在吗"]


async def test_an_upgraded_group_has_another_id(sim: Sim) -> None:
    person = await sim.user()
    group = await sim.sim("POST", "/groups", title="网格", members=[person])
    upgraded = await sim.sim("POST", f"/groups/{group['id']}/upgrade")
    body = await sim.call("sendMessage", chat_id=group["id"], text="x")
    assert body["description"] == ("Bad Request: group chat was upgraded to a supergroup chat")
    new = upgraded["chat"]["id"]
    assert body["parameters"] == {"migrate_to_chat_id": new}
    assert await sim.done("sendMessage", chat_id=new, text="x")
    kinds = [set(each["message"]) for each in await sim.updates() if "message" in each]
    assert any("migrate_to_chat_id" in each for each in kinds)
    assert any("migrate_from_chat_id" in each for each in kinds)


async def test_a_bot_that_was_thrown_out_is_told_so(sim: Sim) -> None:
    person = await sim.user()
    group = await sim.sim("POST", "/groups", title="网格", members=[person])
    await sim.sim("POST", f"/groups/{group['id']}/kick")
    why = await sim.refused("sendMessage", chat_id=group["id"], text="x")
    assert why == "Forbidden: bot was kicked from the group chat"


async def test_members_come_and_go(sim: Sim) -> None:
    first, second = await sim.user("甲"), await sim.user("乙")
    group = await sim.sim("POST", "/groups", title="网格", members=[first])
    at = {"chat_id": group["id"], "user_id": second}
    assert (await sim.done("getChatMember", **at))["status"] == "left"
    await sim.sim("POST", f"/groups/{group['id']}/join", user=second)
    assert (await sim.done("getChatMember", **at))["status"] == "member"
    await sim.sim("POST", f"/groups/{group['id']}/leave", user=second)
    assert (await sim.done("getChatMember", **at))["status"] == "left"
    services = [each["message"] for each in await sim.updates() if "message" in each]
    assert "new_chat_members" in services[-2]
    assert "left_chat_member" in services[-1]


async def test_chats_describe_themselves(sim: Sim) -> None:
    person = await sim.user()
    group = await sim.sim("POST", "/groups", title="网格", members=[person])
    assert (await sim.done("getChat", chat_id=person))["type"] == "private"
    assert (await sim.done("getChat", chat_id=group["id"]))["title"] == "网格"
    await sim.done("getChatMember", chat_id=person, user_id=int(TOKEN.partition(":")[0]))


async def test_close_and_log_out_are_answered(sim: Sim) -> None:
    body = await sim.call("close")
    assert body["error_code"] == 429
    sim.advance(601)
    assert await sim.done("close")
    assert await sim.done("logOut")
    assert await sim.refused("getMe") == "Bad Request: logged out"
