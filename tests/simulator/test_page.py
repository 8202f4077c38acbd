"""The page of phones in a real browser: what it shows is what the phones show."""

import asyncio
import random
import shutil
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import pytest
from playwright.async_api import Locator, Page, async_playwright, expect

from bot.simulator.phones import Phone, Town, TownError
from bot.simulator.screens import Shown
from tests.simulator.conftest import Sim, keyboard, picture

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium")
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
NOT_RUN = "the browser test did not run: Debian's chromium is not installed"
SHOWN = """root => [...root.querySelectorAll(".block")].map(block => [
    block.dataset.ids,
    [...block.querySelectorAll(".words")].map(each => each.innerText).join("|"),
    [...block.querySelectorAll(".key")].map(each => each.textContent),
    block.querySelectorAll("img").length,
])"""


@pytest.fixture
async def page(sim: Sim) -> AsyncIterator[Page]:
    """The page, opened; it may complain of nothing and fetch from nobody else."""
    if CHROMIUM is None:
        pytest.skip(NOT_RUN)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=QUIET.split(), timeout=60_000
        )
        opened = await browser.new_page(viewport={"width": 1500, "height": 900})
        complaints: list[str] = []
        fetched: set[str] = set()
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.on("request", lambda request: fetched.add(request.url))
        await opened.goto(sim.url)
        yield opened
        await browser.close()
    assert complaints == []
    assert {url for url in fetched if not url.startswith((sim.url, "blob:", "data:"))} == set()


@pytest.fixture
async def town(sim: Sim) -> AsyncIterator[Town]:
    async with Town(sim.url) as town:
        yield town


def on_page(page: Page, phone: Phone) -> Locator:
    return page.locator(f'.phone[data-user="{phone.id}"]')


async def answered(sim: Sim, text: str, *, alert: bool = False) -> dict[str, Any]:
    """Answer the next press as a bot does."""
    offset = 0
    while True:
        for update in await sim.done("getUpdates", offset=offset, timeout=10):
            offset = update["update_id"] + 1
            if press := update.get("callback_query"):
                await sim.done(
                    "answerCallbackQuery",
                    callback_query_id=press["id"],
                    text=text,
                    show_alert=alert,
                )
                found: dict[str, Any] = press
                return found


async def test_a_press_spins_until_it_is_answered_and_the_card_turns(
    sim: Sim, town: Town, page: Page
) -> None:
    wang = await town.person("王磊")
    await on_page(page, wang).get_by_role("button", name="开始").click()
    await wang.waits_for("/start")
    markup = {"inline_keyboard": [[{"text": "✅ 签收", "callback_data": "x", "style": "success"}]]}
    sent = await sim.done("sendMessage", chat_id=wang.id, text="#42 井盖缺失", reply_markup=markup)
    key = on_page(page, wang).get_by_role("button", name="✅ 签收")
    await key.click()
    await expect(key).to_have_attribute("aria-busy", "true")
    await answered(sim, "已签收 10:32")
    await expect(on_page(page, wang).get_by_role("status")).to_have_text("已签收 10:32")
    await expect(key).not_to_have_attribute("aria-busy", "true")
    where = {"chat_id": wang.id, "message_id": sent["message_id"]}
    await sim.done("editMessageText", text="#42 已签收", **where)
    await expect(key).to_have_count(0)
    await expect(on_page(page, wang).locator(".bubble").last).to_contain_text("已编辑")


async def test_an_alert_stays_until_it_is_dismissed(sim: Sim, town: Town, page: Page) -> None:
    wang = await town.person("王磊")
    await wang.starts()
    await sim.done(
        "sendMessage", chat_id=wang.id, text="卡", reply_markup=keyboard([("退回", "x")])
    )
    await on_page(page, wang).get_by_role("button", name="退回").click()
    await answered(sim, "先写明理由", alert=True)
    alert = on_page(page, wang).get_by_role("alertdialog")
    await expect(alert).to_contain_text("先写明理由")
    await page.keyboard.press("Enter")
    await expect(alert).to_have_count(0)


async def test_a_person_writes_and_sends_pictures(town: Town, page: Page) -> None:
    wang = await town.person("王磊")
    await wang.starts()
    phone = on_page(page, wang)
    await phone.locator("textarea").fill("到了，<b>井盖</b>在这里")
    await phone.locator("textarea").press("Enter")
    await wang.waits_for("到了，<b>井盖</b>在这里")
    await phone.locator("textarea").fill("处置后")
    files = [
        {"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": picture(320 + n, 240)}
        for n in range(3)
    ]
    await phone.locator('input[data-part="photo"]').set_input_files(files)
    await wang.waits_for("处置后")
    album = (await wang.messages())[-3:]
    assert len({each.album for each in album}) == 1
    await expect(phone.locator(".pictures img")).to_have_count(3)
    await phone.locator(".pictures button").first.click()
    await expect(page.locator("dialog img")).to_be_visible()
    await page.keyboard.press("Escape")
    await phone.get_by_role("button", name="王磊 · 附件").click()
    await page.get_by_role("menuitem", name="拍一张").click()
    await wang.waits_until(lambda shown: shown[-1].photo_count and not shown[-1].album, "photo")


async def test_the_keyboard_alone_is_enough(sim: Sim, town: Town, page: Page) -> None:
    first, second = await town.person("赵队长"), await town.person("王磊")
    await first.starts()
    await second.starts()
    below = {"keyboard": [[{"text": "我的任务"}]]}
    await sim.done("sendMessage", chat_id=second.id, text="你好", reply_markup=below)
    await on_page(page, first).locator(".top").focus()
    await page.keyboard.press("ArrowRight")
    await expect(on_page(page, second).locator(".top")).to_be_focused()
    for _ in range(10):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.textContent") == "我的任务":
            break
    await page.keyboard.press("Space")
    await second.waits_for("我的任务")


async def test_what_people_may_not_hear_and_read_is_marked(
    sim: Sim, town: Town, page: Page
) -> None:
    wang = await town.person("王磊")
    await wang.starts()
    phone = on_page(page, wang)
    await expect(phone.locator(".block")).to_have_count(1)
    await sim.done("sendMessage", chat_id=wang.id, text="轻", disable_notification=True)
    loud = await sim.done("sendMessage", chat_id=wang.id, text="<script>响</script>")
    await expect(phone.locator(".badge")).to_have_text("2")
    await expect(phone.locator(".loud")).to_have_text("🔔 1")
    await expect(phone.locator(".unread-line")).to_have_text("以下未读")
    await expect(phone.get_by_label("静音送达")).to_have_count(1)
    await expect(phone.locator(".words").last).to_have_text("<script>响</script>")
    await sim.done("pinChatMessage", chat_id=wang.id, message_id=loud["message_id"])
    await expect(phone.locator(".pin")).to_contain_text("响")
    await page.get_by_role("button", name="English").click()
    await expect(phone.get_by_label("arrived without a sound")).not_to_have_count(0)


async def test_the_call_log_shows_warnings(sim: Sim, town: Town, page: Page) -> None:
    wang = await town.person("王磊")
    await wang.starts()
    await sim.done("sendMessage", chat_id=wang.id, text="x", colour="red")
    await page.get_by_role("button", name="调用记录").click()
    await expect(page.locator(".calls .warnings")).to_have_text("unknown parameter colour")
    clock = await page.locator("#clock").get_attribute("datetime")
    await page.get_by_role("button", name="+1 天").click()
    await expect(page.locator("#clock")).not_to_have_attribute("datetime", clock or "")


async def test_the_page_shows_what_the_phone_shows_after_a_thousand_acts(
    sim: Sim, town: Town, page: Page
) -> None:
    chance = random.Random(47)
    wang = await town.person("王磊")
    await wang.starts()
    known: list[Shown] = []
    for number in range(1000):
        if number % 10 == 0:
            known = await wang.messages()
        await one_act(sim, wang, known, chance)
    phone = on_page(page, wang)
    expected = looks(await wang.messages())
    seen: Any = None
    for _ in range(100):
        if (seen := (await phone.evaluate(SHOWN))[-100:]) == expected:
            break
        await asyncio.sleep(0.05)
    assert seen == expected


async def one_act(sim: Sim, wang: Phone, known: list[Shown], chance: random.Random) -> None:
    """Do anything that a bot or a person can do to a conversation, sensible or not."""
    shown = chance.choice(known)
    words = f"{chance.choice(['井盖', '<i>&', 'שלום', '👍🏽'])} {chance.randrange(1000)}"
    where: dict[str, Any] = {"chat_id": wang.id}
    old = where | {"message_id": shown.id}
    rows = [[(f"键{n}", "x") for n in range(chance.randint(1, 2))]]
    match chance.randrange(8):
        case 0 | 1:
            markup = {"reply_markup": keyboard(*rows)} if chance.random() < 0.5 else {}
            await sim.call("sendMessage", text=words, **where, **markup)
        case 2:
            await wang.says(words)
        case 3:
            await sim.call("editMessageText", text=words, **old)
        case 4:
            await sim.call("editMessageReplyMarkup", reply_markup=keyboard(*rows), **old)
        case 5:
            await sim.call("deleteMessage", **old)
        case 6:
            if not shown.from_bot and shown.text:
                with suppress(TownError):  # gone meanwhile
                    await wang.edits(shown, words)
        case 7:
            if chance.random() < 0.2:
                await wang.sends_photo(picture(90, 60), words)


def looks(messages: list[Shown]) -> list[list[Any]]:
    """The newest hundred as the page should show them (no albums here)."""
    shown = [[str(each.id), each.text, each.labels, each.photo_count] for each in messages]
    return shown[-100:]
