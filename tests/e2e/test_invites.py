"""Who comes in, how, and what everybody else is told."""

from tests.cast import GAO, LIN
from tests.city import LiveCity
from workflows.people import SYSTEM, AgencyCode, AreaCode, Post, Role

POST = Post(Role.WORKER, AreaCode("319900002"), AgencyCode("SAN-01"))


async def invited(city: LiveCity) -> str:
    return await city.product.flows.invite(SYSTEM, "赵平", (POST,), "zh")


async def test_an_administrator_invites_in_the_chat(city: LiveCity) -> None:
    await city[GAO].says("/invite 赵平 worker 319900002 SAN-01")
    invitation = await city[GAO].sees("赵平的邀请", "只能用一次")
    token = invitation.text.partition("start=")[2].split()[0]
    newcomer = await city.newcomer("赵平")
    await newcomer.starts(token)
    await newcomer.sees("欢迎，赵平", "处置人员")
    assert (await newcomer.person()).posts == (POST,)


async def test_only_an_administrator_may_invite(city: LiveCity) -> None:
    await city[LIN].says("/invite 赵平 worker 319900002 SAN-01")
    await city[LIN].sees("不归您办")


async def test_a_badly_written_invitation_is_explained(city: LiveCity) -> None:
    await city[GAO].says("/invite 赵平")
    await city[GAO].sees("请这样写：/invite 姓名 岗位 区域")


async def test_an_invitation_works_once(city: LiveCity) -> None:
    token = await invited(city)
    first, second = await city.newcomer("赵平"), await city.newcomer("路人")
    await first.starts(token)
    await second.starts(token)
    await second.sees("这个邀请已经用过了")
    await second.says("你好")
    assert await city.product.storage.doorbell.person_at(second.address) is None


async def test_an_invitation_expires(city: LiveCity) -> None:
    token = await invited(city)
    newcomer = await city.newcomer("赵平")
    await city.fast_forward(days=8)
    await newcomer.starts(token)
    await newcomer.sees("邀请已过期")


async def test_a_guessed_invitation_is_unknown(city: LiveCity) -> None:
    newcomer = await city.newcomer("赵平")
    await newcomer.starts("A" * 22)
    await newcomer.sees("没有这个邀请")


async def test_whoever_guesses_is_not_listened_to_and_the_administrator_hears_of_it(
    city: LiveCity,
) -> None:
    """durability.md 3, row 70. The right link works again when the hour is over."""
    token = await invited(city)
    guesser = await city.newcomer("路人")
    for letter in "ABCD":
        await guesser.starts(letter * 22)
    await city[GAO].sees_nothing_of("不存在的邀请")
    await guesser.starts("E" * 22)
    warning = await city[GAO].sees("有陌生人试了 5 个不存在的邀请")
    assert not warning.labels
    await guesser.starts(token)
    await guesser.sees("请在 10:00 后再打开")
    await guesser.starts("F" * 22)
    assert await city[GAO].count("不存在的邀请") == 1
    assert await city.product.storage.doorbell.person_at(guesser.address) is None
    await city.fast_forward(minutes=61)
    await guesser.starts(token)
    await guesser.sees("欢迎，赵平")


async def test_one_who_guesses_does_not_shut_out_another(city: LiveCity) -> None:
    token = await invited(city)
    guesser, newcomer = await city.newcomer("路人"), await city.newcomer("赵平")
    for letter in "ABCDEF":
        await guesser.starts(letter * 22)
    await newcomer.starts(token)
    await newcomer.sees("欢迎，赵平")


async def test_whoever_invited_hears_that_the_invitation_was_used(city: LiveCity) -> None:
    await city[GAO].says("/invite 赵平 worker 319900002 SAN-01")
    token = (await city[GAO].sees("赵平的邀请")).text.partition("start=")[2].split()[0]
    await city.fast_forward(minutes=1)
    newcomer = await city.newcomer("Zhao <Ping>")
    await newcomer.starts(token)
    await city[GAO].sees("赵平已用邀请进来")


async def test_a_stranger_gets_one_polite_sentence_a_day(city: LiveCity) -> None:
    stranger = await city.newcomer("路人")
    await stranger.starts()
    for words in ("你好", "在吗", "/tasks"):
        await stranger.says(words)
    assert await stranger.count("还不认识您。请向管理员要一个邀请链接") == 1
    await city.fast_forward(days=1)
    await stranger.says("你好")
    assert await stranger.count("还不认识您。请向管理员要一个邀请链接") == 2


async def test_an_english_stranger_reads_english(city: LiveCity) -> None:
    stranger = await city.newcomer("Passer-by", language="en-GB")
    await stranger.starts()
    await stranger.sees("We do not know you yet")


async def test_an_invitation_in_a_group_binds_nobody(city: LiveCity) -> None:
    token = await invited(city)
    newcomer = await city.newcomer("赵平")
    group = await city.town.group("环卫一组", [newcomer.phone])
    await newcomer.does(
        newcomer.phone._does("/messages", json={"text": f"/start {token}", "chat_id": group["id"]})
    )
    assert await city.product.storage.doorbell.person_at(newcomer.address) is None


async def test_a_dismissed_person_is_told_so(city: LiveCity) -> None:
    await city.dismiss(LIN)
    await city[LIN].says("/tasks")
    await city[LIN].sees("您的权限已停用")
