"""`run.py petitioner copy NUMBER`: what is kept about somebody who called, for them to have."""

import argparse
import getpass
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TextIO
from zoneinfo import ZoneInfo

from bot.i18n import Speech
from bot.texts.law import STATES
from workflows.auditing.rearm import operator_named
from workflows.book import Book
from workflows.cases.case import State
from workflows.policy.catalogue import ClassCode
from workflows.privacy.petitioner import Copy, CopyForPetitioner
from workflows.privacy.retention import Kind
from workflows.refusals import Refused

FIELDS: Final[Mapping[str, str]] = {
    "name": "姓名 Name",
    "phone": "电话 Telephone",
    "address": "地址 Address",
    "words": "来电原话 In your words",
}
CONTACT_GONE: Final = (
    "联系方式已按期删除或未留下。"
    "Your contact data were deleted after their period, or none were left."
)


@dataclass(frozen=True, slots=True)
class Counter:
    """Where a petitioner is served: the verb, the numbers in force, the words of states."""

    copy: CopyForPetitioner
    book: Book
    speech: Speech


def add_arguments(parser: argparse.ArgumentParser) -> None:
    does = parser.add_subparsers(dest="does", required=True, metavar="WHAT")
    copy = does.add_parser("copy", help="what is kept about a petitioner (PIPL art. 45)")
    copy.add_argument("number", help="number of the hotline's order, or of the case")
    copy.add_argument("--why", required=True, help="how the petitioner asked and was recognised")
    copy.add_argument("--by", default="", help="your name; account and machine are added")


async def petitioner_command(asked: argparse.Namespace, counter: Counter, out: TextIO) -> int:
    """0 and the copy on standard output; 1 if nothing has this number."""
    by = operator_named(getpass.getuser(), socket.gethostname(), asked.by)
    try:
        copy = await counter.copy(asked.number.strip(), by, asked.why)
    except Refused:
        print(f"There is no order or case {asked.number}.", file=out)
        return 1
    for line in _lines(copy, counter):
        print(line, file=out)
    return 0


def _lines(copy: Copy, counter: Counter) -> Iterator[str]:
    case, zone = copy.view.case, counter.book.calendar.zone
    known = counter.book.policy.catalogue.classes.get(ClassCode(case.class_code))
    name = f"{known.zh} {known.en}" if known else ""
    yield f"# 信访人数据副本 Copy of what is kept · #{case.id}"
    yield ""
    if case.source_number:
        yield f"- 工单号 Order: {case.source_number}"
    yield f"- 类别 Class: {case.class_code} {name}".rstrip()
    yield f"- 地点 Place: {case.place.words or '—'}"
    yield f"- 内容 Matter: {case.words or '—'}"
    yield f"- 受理 Received: {_time(case.reported_at, zone)}"
    yield f"- 状态 State: {_state(case.state, counter)}"
    yield from _answer(copy)
    yield from ("", "## 联系方式 Contact", "")
    yield from (f"- {FIELDS.get(field, field)}: {kept}" for field, kept in copy.contact.items())
    if not copy.contact:
        yield CONTACT_GONE
    yield from ("", "## 经过 What happened", "")
    for line in copy.view.journal:
        if line.to_state and line.to_state != line.from_state:
            yield f"- {_time(line.at, zone)} {_state(State(line.to_state), counter)}"
    yield from ("", "## 照片 Pictures", "")
    for photo in copy.view.photos:
        yield f"- {_time(photo.said_at, zone)} {photo.stage} {photo.state} {photo.sha256}".rstrip()
    yield from _periods(copy, counter, zone)


def _answer(copy: Copy) -> Iterator[str]:
    order = copy.view.case.order
    if order is not None and order.reply:
        yield f"- 答复 Reply: {order.reply}"
    if order is not None and order.citizens_words:
        yield f"- 您的评价 What you said of it: {order.citizens_words}"


def _periods(copy: Copy, counter: Counter, zone: ZoneInfo) -> Iterator[str]:
    """Until when each kind is kept; counted once the case has ended."""
    case = copy.view.case
    yield from ("", "## 保存期限 How long it is kept", "")
    for kind in (Kind.CALLERS, Kind.PHOTOS, Kind.CASE_WORDS):
        period = counter.book.policy.retention[kind]
        until = f"{period.keep.days} 天 days"
        if not case.is_open:
            until = _time((case.closed_at or case.changed_at) + period.keep, zone)
        yield f"- {kind}: {until}"


def _state(state: State, counter: Counter) -> str:
    words = (counter.speech.in_(tongue)(STATES[state]) for tongue in ("zh", "en"))
    return " ".join(words)


def _time(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
