"""The past of the demo's district is told in an order that can have happened."""

from datetime import datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from handlers.terminal.demo_call import CALLED
from handlers.terminal.demo_photos import View
from handlers.terminal.demo_seed import STORIES, deeds_of
from handlers.terminal.demo_snapshots import snapshot
from handlers.terminal.demo_story import Ago, Back
from handlers.terminal.demo_town import RESIDENTS
from workflows.deadlines.calendar import Calendar
from workflows.policy.load import load_policy

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY_NINE = datetime(2026, 11, 30, 9, 0, tzinfo=ZONE)


def test_days_back_are_working_days_and_minutes_are_of_the_clock() -> None:
    calendar = Calendar(ZONE)
    friday = datetime(2026, 11, 27, 14, 15, tzinfo=ZONE)
    assert Back(1, "14:15").moment(MONDAY_NINE, calendar) == friday
    assert Ago(40).moment(MONDAY_NINE, calendar) == MONDAY_NINE - timedelta(minutes=40)


@pytest.mark.parametrize("begins", [MONDAY_NINE, MONDAY_NINE.replace(hour=17, minute=55)])
def test_every_story_begins_first_goes_on_and_is_over_before_the_call_out(
    begins: datetime,
) -> None:
    deeds = deeds_of(STORIES, begins, Calendar(ZONE))
    assert max(deed.at for deed in deeds) < begins - CALLED
    for story in STORIES:
        own = [deed for deed in deeds if deed.story is story]
        assert [deed.act for deed in own] == [None, *story.deeds], story.name


def test_stories_have_names_of_their_own_known_classes_and_people() -> None:
    assert len({story.name for story in STORIES}) == len(STORIES)
    assert len({story.words for story in STORIES}) == len(STORIES)
    assert {story.class_code for story in STORIES} <= set(load_policy(None).catalogue.classes)
    assert {act.who for story in STORIES for act in story.deeds} <= set(RESIDENTS)


def test_a_snapshot_is_small_the_same_each_time_and_another_take_is_another_photo() -> None:
    first = snapshot(View.FLOOD, 1)
    assert first == snapshot(View.FLOOD, 1)
    assert first != snapshot(View.FLOOD, 2)
    assert len(first) < 100_000
    assert Image.open(BytesIO(first)).width >= 600
