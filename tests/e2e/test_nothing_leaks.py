"""A day in which callers' contacts are typed everywhere: where they can be read, and where not.

Every way in is used: the form, a forwarded message, notes, reasons, replies, a callback, a search,
a call-out, an absence, an emergency, words that mean nothing, a message that dies.
"""

import io
import logging
from collections.abc import Iterator

import pytest

from tests.cast import GAO, HE, LIN, SHEN, SUN, ZHENG, ZHOU
from tests.city import LiveCity
from tests.e2e.given import BIN, CLEAN
from tests.e2e.test_callers_numbers import dump
from tests.planted import HOME, NAME, NUMBERS, PHONE, SENTENCES, found_in
from wiring.logs import FORMATS, Redactor


@pytest.fixture
def written() -> Iterator[dict[str, io.StringIO]]:
    """What a service writes meanwhile, in either form; the line that closes a story included."""
    root, before = logging.getLogger(), logging.getLogger().level
    lines: dict[str, io.StringIO] = {}
    handlers = []
    for how, make in FORMATS.items():
        lines[how] = io.StringIO()
        handler = logging.StreamHandler(lines[how])
        handler.setFormatter(make(Redactor()))
        root.addHandler(handler)
        handlers.append(handler)
    root.setLevel(logging.INFO)
    yield lines
    root.setLevel(before)
    for handler in handlers:
        root.removeHandler(handler)


async def the_day(city: LiveCity) -> None:
    """From the call to the callback, by everybody, each with a contact in their sentence."""
    lin, zhou, he, sun = city[LIN], city[ZHOU], city[HE], city[SUN]
    said = iter(SENTENCES * 3)
    await lin.says(f"{BIN}，{next(said)}")
    await lin.presses("来电人")
    await lin.says(f"{NAME} {PHONE} {HOME}")
    await lin.presses("登记")
    await lin.forwards(f"{BIN}，{next(iter(NUMBERS))}", "居民群")
    await lin.says(f"/find {PHONE}")
    await zhou.presses("签收")
    await zhou.says(f"看号码 1 {next(said)}")
    await zhou.says(f"已联系 {next(said)}")
    await zhou.says(f"申请延期 1 {next(said)}")
    await sun.says(f"同意上报 1 {next(said)}")
    await city[ZHENG].says(f"驳回 1 {next(said)}")
    await city[SHEN].says(f"督办 1 {next(said)}")
    await city[SHEN].presses("3 个工作日")
    await sun.says(f"回复督办 1 {next(said)}")
    await zhou.shows_album(CLEAN, caption=f"好了 {next(said)}")
    await zhou.says(f"完成 {next(said)}")
    await he.says(f"退回 1 {next(said)}")
    await zhou.says(f"拍不了 1 {next(said)}")
    await zhou.shows_album(CLEAN)
    await zhou.says("完成")
    await he.says(f"通过 1 {next(said)}")
    await lin.says(f"看号码 1 {next(said)}")
    await lin.says(f"重办 1 {next(said)}")
    await city[ZHENG].says(f"/call 云台镇 所有人 演练 #1 {next(said)}")
    await city[GAO].says(f"/emergency 台风 云台镇 6 {NUMBERS[1]}")
    await zhou.says(f"/away 明天 1天 {NUMBERS[2]}")
    stranger = await city.newcomer("路人")
    await stranger.says(f"我是{NAME}，{PHONE}")
    await city[GAO].says(f"随便说说 {NUMBERS[3]}")


async def test_a_whole_day_leaves_no_contact_on_the_disk_in_a_log_or_on_a_phone(
    city: LiveCity, written: dict[str, io.StringIO]
) -> None:
    await the_day(city)
    await city.fast_forward(minutes=3)
    assert (await city.case(1)).order is not None
    assert found_in(dump(city)) == []
    for how, lines in written.items():
        assert lines.getvalue(), how
        assert found_in(lines.getvalue()) == []
    for resident in city.people.values():
        for shown in await resident.looks():
            if shown.from_bot:
                assert found_in(shown.text) == [], (resident.name, shown.text)


async def test_a_message_that_died_keeps_nothing_either(
    city: LiveCity, written: dict[str, io.StringIO]
) -> None:
    lin, zhou = city[LIN], city[ZHOU]
    await lin.says(f"{BIN}，{SENTENCES[0]}")
    await lin.presses("来电人")
    await lin.says(f"{NAME} {PHONE} {HOME}")
    await lin.presses("登记")
    await zhou.presses("签收")
    no = {"ok": False, "error_code": 400, "description": "Bad Request: BUTTON_DATA_INVALID"}
    await city.town.faults("answer", method="sendMessage", status=400, body=no, count=0)
    await zhou.says(f"看号码 1 {SENTENCES[1]}")
    await city.fast_forward(minutes=3)
    assert city.asks("SELECT count(*) FROM outbox WHERE state = 'failed'")[0][0] > 0
    assert found_in(dump(city)) == []
    for lines in written.values():
        assert found_in(lines.getvalue()) == []
    city.excused.add("dead_letter")
