"""Times in plain words, in the district's zone."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bot.times import due_words, length, limit_words, moment
from tests.unit.words.given import EN, ZH
from workflows.deadlines.limits import Unit

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 14, 50, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("minutes", "zh", "en"),
    [
        (40, "15:30 前 · 还剩 40 分钟", "by 15:30 · 40 min left"),
        (60, "15:50 前 · 还剩 1 小时", "by 15:50 · 1 h left"),
        (0, "14:50 前 · 还剩 不到 1 分钟", "by 14:50 · less than a minute left"),
        (-25, "已超时 25 分钟", "25 min overdue"),
        (-90, "已超时 1 小时 30 分钟", "1 h 30 min overdue"),
        (-3 * 1440, "已超时 3 天", "3 d overdue"),
        (-3 * 1440 - 120, "已超时 3 天 2 小时", "3 d 2 h overdue"),
        (19 * 60 + 10, "明天 10:00 前", "by tomorrow 10:00"),
        (1440 * 2 + 190, "11月25日 18:00 前", "by 25 Nov 18:00"),
        (1440 * 40, "1月2日 14:50 前", "by 2 Jan 14:50"),
        (1440 * 365, "2027年11月23日 14:50 前", "by 23 Nov 2027 14:50"),
    ],
)
def test_a_due_time_reads_as_people_say_it(minutes: int, zh: str, en: str) -> None:
    due = NOW + timedelta(minutes=minutes)
    assert due_words(due, NOW, SHANGHAI, ZH) == zh
    assert due_words(due, NOW, SHANGHAI, EN) == en


def test_shortly_after_midnight_the_minutes_left_still_count() -> None:
    late = datetime(2026, 11, 23, 23, 50, tzinfo=SHANGHAI)
    due = late + timedelta(minutes=30)
    assert due_words(due, late, SHANGHAI, ZH) == "明天 00:20 前 · 还剩 30 分钟"


def test_times_are_told_in_the_districts_zone_and_not_in_utc() -> None:
    stored = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)
    assert moment(stored, NOW, SHANGHAI, ZH) == "明天 00:30"


def test_yesterday_is_called_yesterday() -> None:
    assert moment(NOW - timedelta(days=1), NOW, SHANGHAI, ZH) == "昨天 14:50"


def test_seconds_are_not_told() -> None:
    assert length(timedelta(minutes=2, seconds=59), ZH) == "2 分钟"


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        ("2", Unit.URGENT_HOUR, "2 小时（昼夜连续）", "2 hours, day and night"),
        ("0.25", Unit.URGENT_HOUR, "15 分钟（昼夜连续）", "15 minutes, day and night"),
        ("1", Unit.WORK_DAY, "1 个工作日", "1 working day"),
        ("1.5", Unit.WORK_HOUR, "1.5 个工作时", "1.5 working hours"),
        ("10", Unit.WORK_DAY, "10 个工作日", "10 working days"),
        ("5", Unit.ORDER_DAY, "第 5 个工作日下班前", "close of business on working day 5"),
    ],
)
def test_a_limit_reads_as_people_say_it(value: str, unit: Unit, zh: str, en: str) -> None:
    assert limit_words(Decimal(value), unit, ZH) == zh
    assert limit_words(Decimal(value), unit, EN) == en
