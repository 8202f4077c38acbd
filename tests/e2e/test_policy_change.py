"""Other policy files change nothing until two people have said yes, and then at the next start."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.cast import GAO, SHEN, ZHENG
from tests.city import LiveCity, Model, open_live_city
from workflows.approving.offer_policy import Offered
from workflows.policy.load import SHIPPED

WAS, IS_NOW = "alone_rows = 200 ", "alone_rows = 7 "


@pytest.fixture
async def city(model: Model, folder: Path) -> AsyncIterator[LiveCity]:
    """A city that has served by the shipped files, with a folder of its own for others."""
    (folder / "policy").mkdir()
    async with open_live_city(folder, model=model, policy=folder / "policy") as live:
        assert await served(live) is Offered.FIRST
        yield live
        await live.check()


async def served(city: LiveCity) -> Offered:
    """What `serve` does with the files it found."""
    product = city.product
    offered = await product.flows.offer_policy(product.found.files, "ops@host")
    await city.settle()
    return offered


async def changes_files(city: LiveCity, was: str = WAS, is_now: str = IS_NOW) -> Offered:
    """An operator writes another number and starts the service anew."""
    shipped = (SHIPPED / "approving.toml").read_text("utf-8")
    assert was in shipped
    path = city.settings.policy
    assert path is not None
    (path / "approving.toml").write_text(shipped.replace(was, is_now), "utf-8")
    await city.restart()
    return await served(city)


def alone_rows(city: LiveCity) -> int:
    return city.product.book.policy.approving.alone_rows


def deeds(city: LiveCity) -> list[str]:
    acts = "action LIKE '%propos%' OR action LIKE '%policy%'"
    return [row[0] for row in city.asks(f"SELECT action FROM journal WHERE {acts} ORDER BY seq")]


async def test_two_people_say_yes_and_the_next_start_goes_by_it(city: LiveCity) -> None:
    before = city.product.book.policy.version
    assert await changes_files(city) is Offered.PROPOSED
    assert alone_rows(city) == 200
    assert city.product.book.policy.version == before
    card = await city[GAO].sees("规则变更 1 号：须两人先后批准", "ops@host")
    assert "approving.toml exports.alone_rows: 200 → 7" in card.text
    await city[ZHENG].sees("规则变更 1 号", "200 → 7")

    await city[GAO].presses("✅ 批准")
    await city[GAO].sees("规则变更 1 号：请审批", "高远 09:00提出")
    assert "✅ 批准" not in await city[GAO].labels("规则变更 1 号")
    await city[ZHENG].presses("✅ 批准")
    await city[GAO].sees("规则变更 1 号：已执行", "郑海 09:00批准", "服务下次启动时生效")
    assert alone_rows(city) == 200
    await city.restart()
    assert await served(city) is Offered.IN_FORCE
    assert alone_rows(city) == 7
    assert deeds(city) == [
        "take_policy",
        "propose",
        "vouch_for_proposal",
        "approve_proposal",
        "carry_out_proposal",
    ]


async def test_what_was_declined_is_not_asked_at_every_start(city: LiveCity) -> None:
    assert await changes_files(city) is Offered.PROPOSED
    assert await served(city) is Offered.WAITS
    await city[ZHENG].presses("🚫 不批准")
    await city[GAO].sees("规则变更 1 号：未批准", "郑海")
    await city.restart()
    assert await served(city) is Offered.REFUSED
    offer, files = city.product.flows.offer_policy, city.product.found.files
    assert await offer(files, "ops@host", why="再请考虑", anew=True) is Offered.PROPOSED
    await city.settle()
    await city[GAO].sees("规则变更 2 号", "再请考虑")
    await city.fast_forward(hours=24)
    await city[GAO].sees("规则变更 2 号：无人审批，已失效")
    assert await served(city) is Offered.PROPOSED
    assert alone_rows(city) == 200


async def test_files_that_were_put_back_call_their_proposal_off(city: LiveCity) -> None:
    await changes_files(city)
    assert city.settings.policy is not None
    (city.settings.policy / "approving.toml").unlink()
    await city.restart()
    assert await served(city) is Offered.IN_FORCE
    await city[GAO].sees("规则变更 1 号：已撤回")
    assert await city[ZHENG].labels("规则变更 1 号") == []


async def test_of_two_proposals_only_the_one_for_what_is_in_force_comes_into_force(
    city: LiveCity,
) -> None:
    await changes_files(city)
    await changes_files(city, WAS, "alone_rows = 9 ")
    await city[GAO].sees("规则变更 1 号：已撤回")
    await city[GAO].presses("✅ 批准", on=await city[GAO].sees("规则变更 2 号"))
    await city[SHEN].sees_nothing_of("规则变更")
    await city[ZHENG].presses("✅ 批准", on=await city[ZHENG].sees("规则变更 2 号"))
    await city.restart()
    assert alone_rows(city) == 9


@pytest.mark.provokes_errors
async def test_a_release_that_cannot_read_what_is_in_force_goes_on_with_its_own(
    city: LiveCity,
) -> None:
    """And a file that a release brings first comes with it, until it is approved as well."""
    [(files,)] = city.asks("SELECT files FROM policy_bundle")
    older = {name: text for name, text in json.loads(files).items() if name != "risk.toml"}
    _rewrite(city, older)
    await city.restart()
    assert city.product.book.policy.risk is not None
    assert not city.product.found.unreadable
    _rewrite(city, {**older, "checks.toml": "nothing = 1"})
    await city.restart()
    assert city.product.found.unreadable
    await city.product.flows.offer_policy.take(city.product.found.files, "ops@host")
    await city.restart()
    assert await served(city) is Offered.IN_FORCE
    city.excused.add("late_update")


def _rewrite(city: LiveCity, files: dict[str, str]) -> None:
    text = json.dumps(files, ensure_ascii=False).replace("'", "''")
    city.asks(f"UPDATE policy_bundle SET files = '{text}', digest = 'older'")
