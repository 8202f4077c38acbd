"""Paints the morning and evening word: reads what it counts, calls the pure function."""

from datetime import timedelta
from typing import Final

from bot.calls_painted import calls_lately
from bot.cards.lists import summary_sheet
from bot.cards.setting import Setting
from bot.sheet import Sheet
from workflows.people import AreaCode, Person
from workflows.privacy.scopes import Thing, posts_for
from workflows.views import Views

A_DAY: Final = timedelta(hours=24)


async def summary(views: Views, reader: Person, setting: Setting) -> Sheet:
    """Of the widest area that this person watches."""
    area = _area(reader)
    tally = await views.tally(area, setting.now - A_DAY, setting.now)
    calls = await calls_lately(views.joint, reader, area, setting)
    holding = await views.emergencies.holding(area, setting.now)
    return summary_sheet(tally, setting, calls, holding)


def _area(reader: Person) -> AreaCode:
    watched = [post.area for post in posts_for(Thing.SUMMARY, reader)]
    return min(watched, key=len, default=AreaCode(""))
