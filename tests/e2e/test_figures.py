"""What an operator's monitor sees of a city at work: queues, sends, rungs, and nobody's name."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestClient, TestServer

from handlers.terminal.demo import free_port
from handlers.terminal.settings import Settings, SettingsError
from tests.cast import HE, LIN, SUN, ZHOU
from tests.city import LiveCity, Model, open_live_city
from tests.e2e.given import BIN, COVER, PHONE, approves, done_for_caller, reported, signed
from tests.e2e.test_alerts import never_done
from tests.operations.scraped import Scraped, scraped
from tests.operations.test_documents import every_name
from wiring import doors, health, standing
from wiring.city import STARTING, City
from wiring.doors import main_app, scrape_of
from wiring.serving import serve
from workflows.cases.case import Action
from workflows.figures import Queues
from workflows.refusals import Reason

TOWN_WORD = "柳岸"
STILL = timedelta(minutes=20)
DELIVERIES = {f"paidan_delivery_seconds_{part}" for part in ("bucket", "count", "sum")}


async def figures(city: LiveCity) -> Scraped:
    scrape = scrape_of(city.product)
    assert scrape is not None
    return scraped((await scrape.page()).decode())


@asynccontextmanager
async def door_of(product: City) -> AsyncIterator[Any]:
    app = main_app(product, asyncio.Event(), doors.webhook(product))
    async with TestClient(TestServer(app)) as client:
        yield client


async def test_a_case_from_call_to_answer_leaves_its_figures(city: LiveCity) -> None:
    await done_for_caller(city, phone=PHONE)
    await approves(city[HE])
    seen = await figures(city)
    assert seen["paidan_acts_total", Action.SIGN_FOR] == 1
    assert seen["paidan_photos_total", "kept"] == 2
    assert seen["paidan_updates_total", "done"] == seen["paidan_updates_received_total",]
    assert seen["paidan_updates_total", "done"] > 5
    assert seen["paidan_sends_total", "order", "delivered"] >= 1
    assert seen["paidan_transactions_total", "committed"] > 5
    assert seen["paidan_transactions_total", "storage_down"] == 0
    assert seen["paidan_job_runs_total", "done", "sweep"] > 5
    assert seen["paidan_queues_read",] == 1
    assert seen["paidan_inbox",] == 0
    assert seen["paidan_lease_ours", "sender"] == 1
    assert seen["paidan_disk_free_bytes", "photos"] > 0
    assert 0 < seen["paidan_budget_bot_share_count",] < 100


async def test_whatever_rules_and_dashboard_ask_for_is_there(city: LiveCity) -> None:
    """By the very names, from a city that has worked a case; nothing is asked for in vain."""
    for job in city.product.loop.jobs:
        job.last_run = city.product.loop.monotonic()
    async with door_of(city.product) as client:
        await client.get("/healthz")
    await done_for_caller(city, phone=PHONE)
    seen = await figures(city)
    assert every_name() - seen.names == set()


async def test_a_rung_is_counted_with_its_level_and_its_lateness(city: LiveCity) -> None:
    await reported(city, COVER)
    await city.fast_forward(minutes=15, seconds=20)
    seen = await figures(city)
    assert seen["paidan_rungs_total", "told", "L2", "P1"] == 1
    assert seen["paidan_timer_lateness_seconds_count",] == 1
    assert seen["paidan_timer_lateness_seconds_sum",] == 20


async def test_a_ladder_at_its_end_is_seen_until_somebody_acts(city: LiveCity) -> None:
    await never_done(city)
    seen = await figures(city)
    assert sum(count for _, count in seen.named("paidan_ladders_exhausted_total")) == 1
    assert seen["paidan_cases_exhausted",] == 1


async def test_what_is_refused_is_counted_by_its_reason(city: LiveCity) -> None:
    await signed(city)
    card = await city[ZHOU].sees("#1")
    await city[ZHOU].presses("完成", card)
    await city[LIN].says("签收 #1")
    seen = await figures(city)
    refused = {labels[0]: count for labels, count in seen.named("paidan_refusals_total") if count}
    assert sum(refused.values()) >= 1
    assert set(refused) <= set(Reason)


async def test_a_label_is_never_a_person_a_case_or_somebodys_words(city: LiveCity) -> None:
    """Whatever the town does: the page holds words of ours only, and no more of them each day."""
    await done_for_caller(city, phone=PHONE)
    before = await figures(city)
    await signed(city, COVER)
    await city[SUN].says("王磊在哪里？")
    await city.fast_forward(hours=5)
    after = await figures(city)
    page = after.text
    for word in (*city.people, PHONE, TOWN_WORD, BIN[:4]):
        assert word not in page
    for resident in city.people.values():
        assert str(resident.phone.id) not in page
    grown = {sample[0] for sample in set(after.samples) - set(before.samples)}
    assert grown <= {"paidan_acts_total", "paidan_job_runs_total", *DELIVERIES}


async def test_queues_grow_old_while_nobody_works(city: LiveCity) -> None:
    """A timer that nobody fires."""
    await reported(city, COVER)
    city._advance(STILL)
    seen = await figures(city)
    assert seen["paidan_timers_due",] >= 1
    assert seen["paidan_timers_due_oldest_seconds",] == STILL.total_seconds() - 15 * 60
    await city.settle()
    assert (await figures(city))["paidan_timers_due",] == 0


async def test_a_message_for_the_morning_is_not_old_at_night(city: LiveCity) -> None:
    await signed(city)
    await city.at("23:00")
    seen = await figures(city)
    later = sum(count for _, count in seen.named("paidan_outbox_later"))
    oldest = max(age for _, age in seen.named("paidan_outbox_oldest_seconds"))
    assert (later > 0, oldest) == (True, 0)


async def test_a_scrape_in_trouble_goes_without_the_queues(
    city: LiveCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody waits for a connection for ever; the monitor does not."""

    class Stuck:
        async def queues(self, _at: Any) -> Queues:
            await asyncio.Event().wait()
            raise AssertionError

    monkeypatch.setattr(standing, "LOOK_WITHIN", 0.05)
    storage = city.product.storage
    object.__setattr__(storage, "watching", Stuck())
    seen = await figures(city)
    assert seen["paidan_queues_read",] == 0
    assert "paidan_inbox" not in seen.names
    assert seen["paidan_transactions_total", "committed"] >= 0


async def test_only_this_machine_sees_the_figures_unless_told_otherwise(city: LiveCity) -> None:
    async with door_of(city.product) as client:
        answer = await client.get("/metrics")
        assert (answer.status, answer.content_type) == (200, "text/plain")
        assert "paidan_build_info" in await answer.text()
        for header in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"):
            assert (await client.get("/metrics", headers={header: "1.2.3.4"})).status == 404
    seen = await figures(city)
    assert seen["paidan_http_requests_total", "metrics", "200"] == 1
    assert seen["paidan_http_requests_total", "metrics", "404"] == 4


@pytest.mark.parametrize(
    ("metrics", "status"), [("", 404), ("off", 404), ("127.0.0.1:0", 404), ("here", 200)]
)
async def test_beside_a_webhook_somebody_must_have_chosen_it(
    model: Model, folder: Path, metrics: str, status: int
) -> None:
    url = "https://city.example/hook-0123456789abcdef"
    more = {"webhook_url": url, "webhook_secrets": ("s" * 40,), "metrics": metrics}
    async with open_live_city(folder, model=model, **more) as city:
        async with door_of(city.product) as client:
            assert (await client.get("/metrics")).status == status
            refused = await client.post("/hook-0123456789abcdef", data="{}")
            assert refused.status == 401
            assert (await client.get("/guess")).status == 404
        if metrics == "here":
            seen = await figures(city)
            assert seen["paidan_http_requests_total", "webhook", "401"] == 1
            assert seen["paidan_http_requests_total", "unknown", "404"] == 1
            assert "hook-0123" not in seen.text


async def test_an_address_of_their_own_shows_figures_and_nothing_else(
    city: LiveCity,
) -> None:
    scrape = scrape_of(city.product)
    assert scrape is not None
    app = doors.build_metrics_app(scrape)
    async with TestClient(TestServer(app)) as client:
        assert (await client.get("/metrics")).status == 200
        assert (await client.get("/readyz")).status == 404


async def test_a_city_that_has_just_begun_says_what_it_waits_for(city: LiveCity) -> None:
    async with door_of(city.product) as client:
        first = await client.get("/readyz")
        told = await first.json()
        assert first.status == 503
        assert told["intake"] == STARTING
        assert told["job sweep"] == "has not run yet"
        assert told["database"] is True
        assert (await client.get("/healthz")).status == 200


async def test_a_city_at_work_is_ready_until_a_job_is_silent_for_a_minute(city: LiveCity) -> None:
    product = city.product
    product.line = "polling"
    await city.settle()
    for job in product.loop.jobs:
        job.last_run = product.loop.monotonic()
    async with door_of(product) as client:
        well = await client.get("/readyz")
        told = await well.json()
        assert (well.status, set(told.values())) == (200, {True}), told
        assert {"database", "sender", "disk", "intake", "job send 2"} <= set(told)
        sweep = next(job for job in product.loop.jobs if job.name == "sweep")
        sweep.last_run -= 75
        late = await client.get("/readyz")
        assert (late.status, (await late.json())["job sweep"]) == (503, "no good run for 75 s")
        assert (await client.get("/healthz")).status == 200


async def test_a_city_without_room_for_photos_is_not_ready(
    city: LiveCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "LEAST_FREE", 1 << 62)
    async with door_of(city.product) as client:
        told = await (await client.get("/readyz")).json()
    assert told["disk"].endswith("MB left for photos")


async def test_a_city_that_cannot_keep_a_row_is_alive_but_not_ready(
    city: LiveCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody holds the file."""
    monkeypatch.setattr(health, "ANSWER_WITHIN", 0.1)
    async with door_of(city.product) as client, city.product.storage.database.begin():
        told = await (await client.get("/readyz")).json()
        assert told["database"] == "TimeoutError"
        assert (await client.get("/healthz")).status == 200


async def test_a_city_that_polls_answers_its_monitor_as_well(model: Model, folder: Path) -> None:
    """The real loop: health at one address, figures at another, and ready within seconds."""
    port, beside = free_port(0), free_port(0)
    more = {"port": port, "metrics": f"127.0.0.1:{beside}", "poll_seconds": 1}
    async with open_live_city(folder, model=model, **more) as city, ClientSession() as client:
        stop = asyncio.Event()
        serving = asyncio.ensure_future(serve(city.product, stop))
        while not await city.town.calls("getUpdates") and not serving.done():
            await city.world.bell.wait(0.05)
        try:
            assert await ready(city, client, port), await told(client, port)
            assert await status(client, beside, "/metrics") == 200
            assert await status(client, port, "/metrics") == 404
            assert (await figures(city))["paidan_intake_line", "polling"] == 1
        finally:
            stop.set()
            await serving


async def ready(city: LiveCity, client: ClientSession, port: int) -> bool:
    """Within a quarter of a minute: an answer about the database is believed for five seconds."""
    for _ in range(60):
        if await status(client, port, "/readyz") == 200:
            return True
        await city.world.bell.wait(0.25)
    return False


async def status(client: ClientSession, port: int, path: str) -> int:
    async with client.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status


async def told(client: ClientSession, port: int) -> str:
    async with client.get(f"http://127.0.0.1:{port}/readyz") as answer:
        return await answer.text()


@pytest.mark.parametrize(
    ("given", "kept"),
    [("", ""), ("off", "off"), ("here", "here"), ("0.0.0.0:9464", "0.0.0.0:9464")],
)
def test_where_the_figures_are_shown_is_a_setting(given: str, kept: str) -> None:
    assert Settings.read({"PAIDAN_METRICS": given}).metrics == kept


@pytest.mark.parametrize("wrong", ["9464", "yes", ":9464", "host:port"])
def test_a_wrong_place_for_figures_is_refused(wrong: str) -> None:
    with pytest.raises(SettingsError, match="PAIDAN_METRICS must be host:port, here or off"):
        Settings.read({"PAIDAN_METRICS": wrong})
