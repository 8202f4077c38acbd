"""A messenger that may carry references alone: what it says, and what its links show once."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from playwright.async_api import Page, async_playwright, expect

from handlers.http.pages import COOKIE, HEADERS
from handlers.terminal.demo_town import CLEANING, DISTRICT
from handlers.terminal.settings import SettingsError
from storage.stamping.copies import StampedCopies
from tests.cast import HE, LIN, MARIA, ZHOU
from tests.city import LiveCity, Model, open_live_city
from tests.e2e.given import CLEAN, PHONE
from tests.e2e.test_second_transport import Colleague, joins
from tests.wecom import WeCom
from wiring.doors import main_app
from workflows.people import SYSTEM, Post, Role
from workflows.privacy.carriage import Data

PAGES = "http://pages.example"
SAID = "茶山卫生院门口的垃圾箱满溢，隔壁302室老吴说臭得开不了窗"
NOTE = "找门卫老马拿的钥匙，已清运"
NAME = "欧阳"
PLANTED = (PHONE, "0021", "老吴", "302", "茶山卫生院", "臭得", "老马", "钥匙", NAME)
"""Of what was said, where, by whom, and what was noted; none of it may leave."""
LINK = re.compile(re.escape(PAGES) + r"(/p/[\w-]{22,})")
CHROMIUM = shutil.which("chromium")


class Abroad(WeCom):
    """The same messenger with its servers on the other side of the border."""

    capabilities = replace(WeCom.capabilities, data_region="abroad")


@dataclass
class Town:
    """The messenger, its colleagues by post, and where pages are served."""

    city: LiveCity
    wecom: WeCom
    lin: Colleague
    zhao: Colleague
    qian: Colleague

    def said(self) -> list[str]:
        """Everything that ever went through the messenger: messages, buttons, toasts."""
        found: list[str] = []
        for member in self.wecom.members.values():
            found += [bubble.text for bubble in member.screen]
            found += [label for bubble in member.screen for label in bubble.labels]
            found += member.answers
        return found

    def photos(self) -> int:
        members = self.wecom.members.values()
        return sum(bool(bubble.photo) for member in members for bubble in member.screen)

    def link(self, who: Colleague, words: str = "") -> str:
        """The path of the newest link on somebody's phone, in a message that holds the words."""
        texts = [bubble.text for bubble in who.member.screen if words in bubble.text]
        return next(found[1] for text in reversed(texts) if (found := LINK.search(text)))

    def logged(self, action: str) -> list[tuple[int, int]]:
        """Person and case of each such line, oldest first."""
        asked = f"SELECT person_id, case_id FROM journal WHERE action = '{action}' ORDER BY seq"
        return [tuple(row) for row in self.city.asks(asked)]


@asynccontextmanager
async def a_town(model: Model, folder: Path) -> AsyncIterator[Town]:
    async def open_copy(sha256: str, stamp: tuple[str, ...]) -> bytes:
        return await StampedCopies(city.product.vault.served)(sha256, stamp)

    wecom = Abroad(lambda: city.now(), open_copy, None)  # type: ignore[arg-type]  # noqa: PLW0108 - city comes

    def readers(desk: object) -> dict[str, object]:
        wecom.door = desk  # type: ignore[assignment]
        return {}

    more = {"data": Data.REAL, "pages_url": PAGES}
    async with open_live_city(
        folder, model=model, couriers={"wecom": wecom}, readers=readers, **more
    ) as city:
        for name in (LIN, ZHOU, MARIA, HE):
            await city.dismiss(name)
        yield Town(
            city,
            wecom,
            await joins(city, wecom, "lin", "林芳", Post(Role.OPERATOR, DISTRICT)),
            await joins(city, wecom, "zhao", "赵平", Post(Role.WORKER, DISTRICT, CLEANING)),
            await joins(city, wecom, "qian", "钱英", Post(Role.ACCEPTOR, DISTRICT)),
        )
        await city.check()


@pytest.fixture
async def town(model: Model, folder: Path) -> AsyncIterator[Town]:
    async with a_town(model, folder) as town:
        yield town


@asynccontextmanager
async def browser(town: Town) -> AsyncIterator[TestClient[web.Request, web.Application]]:
    """A plain client with cookies of its own; it follows nothing by itself."""
    app = main_app(town.city.product, asyncio.Event(), None)
    async with TestClient(TestServer(app)) as client:
        yield client


async def reported(town: Town) -> None:
    await town.lin.says(f"{SAID}，来电{PHONE} {NAME}女士")
    await town.lin.presses("📨 登记")


async def handed_in(town: Town) -> None:
    """Reported, signed for, done, with photos and a note."""
    await reported(town)
    await town.zhao.presses("✅ 签收")
    await town.zhao.says("已联系 下午到")
    for picture in CLEAN:
        await town.zhao.shows(picture)
    await town.zhao.says(f"完成 {NOTE}")


async def test_a_case_goes_through_and_nothing_of_it_through_the_messenger(town: Town) -> None:
    await handed_in(town)
    await town.zhao.says("/why 1")
    await town.zhao.says("/tasks")
    await town.zhao.says("/find 老吴")
    await town.zhao.says(f"/case {PHONE}")
    await town.lin.says("/orders")
    await town.lin.says("看号码 1 要核对门牌")
    await town.qian.says("/compare 1")
    for label in ("通过", "属实", "合理合法", "实际解决", "☑️", "就这样答复"):
        await town.qian.presses(label)
    for label in ("回访完成", "已解决", "😀 满意"):
        await town.lin.presses(label)
    assert str((await town.city.case(1)).state) == "closed"
    leaked = [(word, text) for word in PLANTED for text in town.said() if word in text]
    assert leaked == []
    assert town.photos() == 0
    assert any("云台镇茶山网格" in text for text in town.said())
    assert any("垃圾站（箱）满溢" in text for text in town.said())


async def test_a_link_shows_the_case_once_and_to_one_browser(town: Town) -> None:
    await handed_in(town)
    path = town.link(town.qian, "通过")
    async with browser(town) as mine, browser(town) as theirs:
        preview = await theirs.get(path)
        door = await preview.text()
        assert preview.status == 200
        assert not any(word in door for word in (*PLANTED, "垃圾", "#1"))
        assert "<form" in door
        assert (await theirs.head(path)).status == 200
        assert (await mine.get(path)).status == 200
        taps = [await mine.post(path, allow_redirects=False) for _ in range(2)]
        assert [tap.status for tap in taps] == [303, 303]
        page = await (await mine.get(path)).text()
        assert all(word in page for word in ("老吴", "302", "老马", "茶山卫生院"))
        pictures = re.findall(r'src="[\w-]+(/\d+\.jpg)"', page)
        assert len(pictures) == len(CLEAN)
        for refused in (await theirs.post(path), await theirs.get(path)):
            assert refused.status == 410
            assert "/case" in await refused.text()
        picture = await mine.get(path + pictures[0])
        assert picture.content_type == "image/jpeg"
        assert picture.headers["Content-Disposition"] == 'inline; filename="paidan-1-1.jpg"'
        assert (await theirs.get(path + pictures[0])).status == 410
        assert (await mine.get(path + "/99.jpg")).status == 410
    person = town.city.asks("SELECT id FROM person WHERE name = '钱英'")[0][0]
    assert town.logged("access.page") == [(person, 1)]
    assert town.logged("access.photo") == [(person, 1)]


async def test_a_page_closes_a_link_runs_out_and_nothing_unknown_is_told_apart(
    town: Town,
) -> None:
    await reported(town)
    path = town.link(town.zhao)
    async with browser(town) as mine:
        await mine.post(path, allow_redirects=False)
        opened = await mine.get(path)
        assert opened.status == 200
        assert {name: opened.headers.get(name) for name in HEADERS} == HEADERS
        await town.city.fast_forward(minutes=16)
        over = await mine.get(path)
        unknown = await mine.get("/p/" + "x" * 32)
        assert (over.status, unknown.status) == (410, 410)
        assert (await over.text()).replace(path, "") == (await unknown.text()).replace(
            "/p/" + "x" * 32, ""
        )
        unused = town.link(town.lin)
        await town.city.fast_forward(hours=13)
        assert (await mine.get(unused)).status == 410
        assert (await mine.post(unused)).status == 410
        for strange in ("/p/%00%ff", "/p/" + "长" * 200, "/p/a/../../1.jpg", "/p//1.jpg"):
            assert (await mine.get(strange)).status in {404, 410}


async def test_whoever_has_lost_the_case_sees_nothing_even_on_an_open_page(town: Town) -> None:
    await reported(town)
    path = town.link(town.zhao)
    async with browser(town) as mine:
        await mine.post(path, allow_redirects=False)
        assert (await mine.get(path)).status == 200
        person = await town.city.product.storage.doorbell.person_at(town.zhao.member.address)
        assert person is not None
        await town.city.product.flows.invite.dismiss(SYSTEM, person.id)
        refused = await mine.get(path)
        assert refused.status == 410
        told = await refused.text()
        assert not any(word in told for word in (*PLANTED, "垃圾"))
        assert (await mine.get(path + "/1.jpg")).status == 410


async def test_a_number_is_shown_on_the_page_for_its_minute_and_hides_itself(town: Town) -> None:
    await reported(town)
    await town.zhao.presses("✅ 签收")
    await town.zhao.says("看号码 1 要核对门牌")
    path = town.link(town.zhao, "📞 #1 🔐")
    async with browser(town) as mine:
        await mine.post(path, allow_redirects=False)
        shown = await mine.get(path)
        assert PHONE in await shown.text()
        assert 1 <= int(shown.headers["Refresh"]) <= 90
        await town.city.fast_forward(seconds=int(shown.headers["Refresh"]))
        assert PHONE not in await (await mine.get(path)).text()


async def test_a_form_and_a_list_have_pages_too(town: Town) -> None:
    await town.lin.says(f"{SAID}，来电{PHONE}")
    form = town.link(town.lin, "新来件")
    await town.lin.presses("📨 登记")
    await town.zhao.says("/tasks")
    listed = town.link(town.zhao, "1 垃圾站")
    async with browser(town) as mine:
        for path, words in ((form, "已登记"), (listed, "茶山卫生院")):
            await mine.post(path, allow_redirects=False)
            assert words in await (await mine.get(path)).text()
    assert len(town.logged("access.page")) == 2


async def test_the_cookie_is_for_https_this_link_and_no_script(town: Town) -> None:
    await reported(town)
    path = town.link(town.zhao)
    door = town.city.product.pages
    assert door is not None
    app = web.Application()
    app.add_routes(replace(door, address="https://pages.example/paidan").routes())
    async with TestClient(TestServer(app)) as client:
        cookie = (await client.get(path)).cookies[COOKIE]
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Strict")
        assert cookie["path"] == f"/paidan{path}"
        assert int(cookie["max-age"]) == 15 * 60
        opened = await client.post(path, allow_redirects=False)
        assert opened.headers["Location"] == f"/paidan{path}"


async def test_only_hashes_of_links_are_kept_and_they_go(town: Town) -> None:
    await reported(town)
    token = town.link(town.zhao).removeprefix("/p/")
    rows = town.city.asks("SELECT * FROM page_link")
    assert rows
    assert not any(token in str(column) for row in rows for column in row)
    await town.city.fast_forward(days=9)
    await town.city.at("03:00")
    left = town.city.asks("SELECT count(*) FROM page_link WHERE expires_at < '2026-11-25'")
    assert left == [(0,)]


async def test_a_transport_that_leaves_something_out_needs_an_address_for_pages(
    model: Model, folder: Path
) -> None:
    with pytest.raises(SettingsError, match="PAIDAN_PAGES_URL"):
        async with open_live_city(folder, model=model, data=Data.REAL):
            pass


@asynccontextmanager
async def phone(address: str) -> AsyncIterator[Page]:
    """A small real browser without scripts."""
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"], timeout=60_000
        )
        context = await launched.new_context(
            viewport={"width": 360, "height": 740},
            java_script_enabled=False,
            is_mobile=True,
            has_touch=True,
            base_url=address,
        )
        yield await context.new_page()
        await launched.close()


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")
async def test_a_phone_opens_a_link_with_one_tap_and_no_script(
    town: Town, request: pytest.FixtureRequest
) -> None:
    await handed_in(town)
    path = town.link(town.qian, "通过")
    app = main_app(town.city.product, asyncio.Event(), None)
    async with TestServer(app) as server, phone(str(server.make_url("/"))) as page:
        blocked: list[str] = []
        page.on("console", lambda message: blocked.append(message.text))
        await page.goto(path)
        button = page.get_by_role("button")
        box = await button.bounding_box()
        assert box is not None
        assert box["height"] >= 48
        await _kept(page, request, "door")
        await button.tap()
        await expect(page.get_by_text("老吴")).to_be_visible()
        await page.wait_for_load_state("networkidle")
        widths = [await image.bounding_box() for image in await page.get_by_role("img").all()]
        assert len(widths) == len(CLEAN)
        assert all(each is not None and each["width"] > 200 for each in widths)
        await _kept(page, request, "page")
        assert [text for text in blocked if "Content Security Policy" in text] == []


async def _kept(page: Page, request: pytest.FixtureRequest, name: str) -> None:
    """With `--basetemp` a person can look at what was shown."""
    folder: Path = request.getfixturevalue("tmp_path")
    await page.screenshot(path=folder / f"{name}.png", full_page=True)
