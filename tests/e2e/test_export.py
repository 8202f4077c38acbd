"""A file of cases: asked for with a purpose, masked or approved, marked, and in the log."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any, Final

import pytest
from openpyxl import load_workbook

from bot.cards.refusing import refusal
from handlers.terminal.demo_town import CLEANING, DISTRICT, LAKESIDE
from tests.cast import GAO, HE, LIN, SHEN, ZHENG, ZHOU
from tests.city import LiveCity, Model, Resident, open_live_city
from tests.e2e.given import BIN, COVER, reported, signed
from tests.e2e.test_buttons import data_of
from workflows.approving.proposal import ProposalId
from workflows.people import Actor, Post, Role
from workflows.policy.load import SHIPPED
from workflows.refusals import Refused

PHONE: Final = "13912340021"
NAME: Final = "欧阳振华"
ADDRESS: Final = "虹梅路9871弄5号"
PLANTED: Final = (PHONE, NAME, ADDRESS)
WHY: Final = "月度通报"


async def with_caller(city: LiveCity) -> int:
    """A caller whose name and number are also in what was typed about the case."""
    lin = city[LIN]
    await lin.says(f"{BIN}，{NAME}先生说的，电话{PHONE}")
    await lin.presses("来电人")
    await lin.says(f"{NAME} {PHONE} {ADDRESS}")
    await lin.presses("登记")
    return await city.cases()


def files_of(city: LiveCity) -> dict[str, bytes]:
    """Every file that was handed out in a chat, by its name."""
    kept = city.world.files.by_unique.values()
    return {each.name: each.data for each in kept if each.name.startswith("paidan-")}


def the_file(city: LiveCity, ending: str) -> bytes:
    [found] = [data for name, data in files_of(city).items() if name.endswith(ending)]
    return found


def lines_of(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def logged(city: LiveCity) -> list[dict[str, Any]]:
    question = "SELECT details FROM journal WHERE action = 'access.exported' ORDER BY seq"
    return [json.loads(row[0]) for row in city.asks(question)]


def deeds(city: LiveCity) -> list[str]:
    acts = "action LIKE '%propos%'"
    return [row[0] for row in city.asks(f"SELECT action FROM journal WHERE {acts} ORDER BY seq")]


async def asked_with_callers(city: LiveCity, words: str = "csv") -> Resident:
    """The acceptor asks for callers as well."""
    he = city[HE]
    await he.says(f"/export {words} 含来电人 满意度回访")
    await he.presses("📤 导出")
    return he


async def test_a_small_masked_file_comes_at_once_and_leads_back_to_its_line(
    city: LiveCity,
) -> None:
    number = await with_caller(city)
    chief = city[ZHENG]
    await chief.says("导出")
    await chief.sees("📤 导出 1 件", "不含来电人信息", "请输入用途")
    await chief.presses("CSV")
    await chief.says(WHY)
    await chief.presses("📤 导出")
    card = await chief.sees("导出编号", WHY, "不含来电人信息")
    first, titles, row, last = lines_of(the_file(city, ".csv"))
    [line] = logged(city)
    assert line["token"] in card.text
    assert line["token"] in first[0]
    assert line["token"] in last[0]
    assert all(part in first[0] for part in (ZHENG, "2026-11-23 09:00", WHY))
    assert titles[:3] == ["案件号", "工单号", "状态"]
    assert "来电人" not in titles
    assert row[0] == str(number)
    assert row[titles.index("上报时间")] == "2026-11-23 09:00"
    assert (line["count"], line["purpose"], line["callers"]) == (1, WHY, False)
    for secret in PLANTED:
        assert secret.encode() not in the_file(city, ".csv")
    assert deeds(city) == ["propose", "carry_out_proposal"]
    assert city.asks("SELECT count(*) FROM export_file") == [(0,)]


async def test_in_a_masked_workbook_no_part_names_the_caller(city: LiveCity) -> None:
    await with_caller(city)
    await city[SHEN].says(f"/export xlsx 30天 {WHY}")
    await city[SHEN].presses("📤 导出")
    data = the_file(city, ".xlsx")
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        inside = {name: parts.read(name).decode() for name in parts.namelist()}
    for name, text in inside.items():
        assert not any(secret in text for secret in PLANTED), name
    [line] = logged(city)
    assert line["token"] in inside["docProps/core.xml"]
    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    assert line["token"] in str(sheet.oddHeader.left.text)
    rows = list(sheet.iter_rows(values_only=True))
    assert [cell for cell in rows[1] if cell][:2] == ["案件号", "工单号"]
    assert rows[2][0] == 1
    assert str(rows[2][11]) == "2026-11-23 09:00:00"
    assert not list((city.settings.photos.with_name("exports")).glob("*"))


async def test_callers_come_only_after_a_second_person_has_said_yes(city: LiveCity) -> None:
    await with_caller(city)
    he = await asked_with_callers(city)
    await he.sees("📤 导出 1 号：请审批", "含来电人姓名和电话", "满意度回访")
    assert files_of(city) == {}
    assert "✅ 批准" not in await he.labels("请审批")
    await city[ZHENG].sees("📤 导出 1 号：请审批", "何静", "含来电人姓名和电话")
    await city[SHEN].sees("📤 导出 1 号：请审批")
    await city[ZHENG].presses("✅ 批准")
    _, titles, row, _ = lines_of(the_file(city, ".csv"))
    assert row[titles.index("来电人")] == NAME
    assert row[titles.index("联系电话")] == PHONE
    assert row[titles.index("来电人地址")] == ADDRESS
    await he.sees("导出编号", "含来电人姓名和电话")
    await he.sees("📤 导出 1 号：已执行", "郑海 09:00批准")
    [line] = logged(city)
    chief = await city[ZHENG].person()
    assert (line["approved_by"], line["callers"]) == (chief.id, True)
    assert deeds(city) == ["propose", "approve_proposal", "carry_out_proposal"]
    assert await city[SHEN].labels("📤 导出 1 号：已执行") == []


async def refused_to(city: LiveCity, name: str, number: int = 1) -> str:
    """What somebody hears who approves without any button that offers it."""
    person = await city[name].person()
    with pytest.raises(Refused) as no:
        await city.product.flows.decide_proposal.approve(Actor(person), ProposalId(number))
    tongue = city.product.room.tongue(person)
    return refusal(no.value, tongue, city.product.book, city.now())


async def test_nobody_approves_their_own_and_whoever_is_late_hears_who_was_first(
    city: LiveCity,
) -> None:
    await with_caller(city)
    await city.joins("两用", Post(Role.ACCEPTOR, DISTRICT), Post(Role.DUTY_CHIEF, DISTRICT))
    await city.joins("两 用", Post(Role.DUTY_CHIEF, DISTRICT))
    await city["两用"].says("/export csv 含来电人 自己批")
    await city["两用"].presses("📤 导出")
    for account in ("两用", "两 用"):
        assert (await refused_to(city, account)).startswith("两用提出（09:00）。不能自提自批")
    assert (await refused_to(city, ZHOU)).startswith("这一项不由您审批")
    card = await city[SHEN].sees("📤 导出 1 号")
    data = data_of(card, "✅ 批准")
    await city[ZHENG].presses("✅ 批准")
    late = await city[SHEN].forges(data, card)
    assert (late.text or "").startswith("郑海已批准（09:00）")
    assert len(files_of(city)) == 1
    assert deeds(city).count("carry_out_proposal") == 1


async def test_declined_taken_back_or_unanswered_nothing_leaves(city: LiveCity) -> None:
    await with_caller(city)
    he = await asked_with_callers(city)
    await city[ZHENG].presses("🚫 不批准")
    await he.sees("📤 导出 1 号：未批准", "郑海 09:00不批准")

    await asked_with_callers(city)
    await he.presses("撤回", on=await he.sees("📤 导出 2 号"))
    await city[ZHENG].sees("📤 导出 2 号：已撤回")
    assert "09:00" in await refused_to(city, ZHENG, 2)

    await asked_with_callers(city)
    await city[SHEN].says("审批")
    await city[SHEN].sees("🤝 1 项待审批", "3. 📤 导出", "满意度回访", "⏳ 待批准")
    await city.fast_forward(hours=24)
    await he.sees("📤 导出 3 号：无人审批，已失效")
    assert "无人审批" in await refused_to(city, ZHENG, 3)
    await city[SHEN].says("/approvals")
    await city[SHEN].sees("没有待审批事项", "郑海")
    assert files_of(city) == {}
    assert logged(city) == []
    assert deeds(city) == [
        *("propose", "refuse_proposal"),
        *("propose", "withdraw_proposal"),
        *("propose", "lapse_proposal"),
    ]


async def test_everybody_takes_out_only_what_is_theirs(city: LiveCity) -> None:
    await with_caller(city)
    hole = await reported(city, COVER)
    for name in (GAO, LIN, ZHOU):
        await city[name].says(f"/export csv {WHY}")
        await city[name].sees("案件由值守长、督查员、受理员、审计员导出")
    await city[ZHENG].says(f"/export 含来电人 {WHY}")
    await city[ZHENG].sees("来电人信息只能由本区域受理员导出")
    await city.joins("湖滨督查", Post(Role.SUPERVISOR, LAKESIDE))
    watch = city["湖滨督查"]
    await watch.says("/export 云台镇 看看")
    await watch.sees("不在您的区域内")
    await watch.says(f"/export csv 湖滨街道 未结 {WHY}")
    await watch.presses("📤 导出")
    rows = lines_of(the_file(city, ".csv"))[2:-1]
    assert [row[0] for row in rows] == [str(hole)]


async def test_what_cannot_be_exported_says_what_to_do(city: LiveCity) -> None:
    shen = city[SHEN]
    await shen.says(f"/export {WHY}")
    await shen.sees("没有符合条件的案件")
    await shen.says("提交")
    await shen.sees("请放宽日期或换个区域")
    await shen.says("2026-11-30..2026-11-01")
    await shen.sees("日期用不了")
    await shen.says("310999")
    await shen.sees("310999")
    await shen.presses("放弃")
    await shen.sees("没有导出")
    await reported(city)
    await shen.says("导出")
    await shen.says("提交")
    await shen.sees("请输入导出用途")
    assert deeds(city) == []


async def test_more_than_one_person_may_take_alone_needs_another(
    model: Model, folder: Path
) -> None:
    policy = folder / "policy"
    policy.mkdir()
    shipped = (SHIPPED / "approving.toml").read_text("utf-8")
    strict = re.sub("alone_rows = 200 ", "alone_rows = 0 ", shipped)
    (policy / "approving.toml").write_text(strict, "utf-8")
    async with open_live_city(folder, model=model, policy=policy) as city:
        await reported(city)
        await city[SHEN].says(f"/export csv {WHY}")
        await city[SHEN].sees("须经他人审批")
        await city[SHEN].presses("📤 导出")
        assert files_of(city) == {}
        await city[ZHENG].presses("✅ 批准")
        assert len(lines_of(the_file(city, ".csv"))) == 4


async def test_a_file_is_made_for_whom_it_was_approved_and_not_for_who_left(
    city: LiveCity,
) -> None:
    await with_caller(city)
    he = await asked_with_callers(city)
    await he.sees("请审批")
    await city.dismiss(HE)
    await city[ZHENG].presses("✅ 批准")
    await city[ZHENG].sees("未执行：提出人的岗位已变动")
    assert files_of(city) == {}
    assert deeds(city)[-1] == "give_up_proposal"


async def test_what_is_stored_is_what_was_approved_or_nothing_happens(city: LiveCity) -> None:
    await with_caller(city)
    await asked_with_callers(city)
    city.asks("UPDATE proposal SET purpose = '别的用途'")
    await city[ZHENG].presses("✅ 批准")
    await city[ZHENG].sees("未执行：内容已与批准的不一致")
    assert files_of(city) == {}


async def test_a_restart_between_yes_and_file_loses_nothing(city: LiveCity) -> None:
    await with_caller(city)
    await asked_with_callers(city)
    await city.stops()
    person = "SELECT id FROM person WHERE name = '郑海'"
    city.asks(
        "UPDATE proposal SET answer = 'approved', answered_at = asked_at, next_at = asked_at, "
        f"version = 1, answered_by = ({person})"
    )
    await city.begins()
    assert len(files_of(city)) == 1
    await city.restart()
    assert len(files_of(city)) == 1


async def test_whoever_reads_english_gets_english_and_a_lead_the_own_agency(
    city: LiveCity,
) -> None:
    bin_case = await signed(city)
    await reported(city, COVER)
    await city.joins("Ann", Post(Role.AGENCY_LEAD, DISTRICT, CLEANING), language="en")
    await city["Ann"].says("/export csv 30d monthly report")
    await city["Ann"].sees("Export of 1 case", "Without anything of a caller")
    await city["Ann"].presses("📤 Export")
    first, titles, row, last = lines_of(the_file(city, ".csv"))
    assert "for: monthly report" in first[0]
    assert titles[:3] == ["Case", "Order", "State"]
    assert row[0] == str(bin_case)
    assert last[0].endswith("1 case")
