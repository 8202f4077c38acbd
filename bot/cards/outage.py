"""What people read when the service was away: on old cards, beside a breach, about the clock."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot import times
from bot.cards.setting import Setting
from bot.chat import Card
from bot.i18n import N_
from bot.sheet import Sheet
from workflows.cases.case import Action
from workflows.outages.label import outage_of
from workflows.outages.outage import Outage
from workflows.views import CaseView


def shown_again(sheet: Sheet, stored: Mapping[str, Any], setting: Setting) -> Sheet | None:
    """An old card with a line that asks to press again; None where there is nothing to press."""
    if not sheet.choices:
        return None
    line = _during(
        N_("🔄 The service was down {begin} to {end}. Please press again."),
        Outage.from_json(stored),
        setting,
    )
    return replace(sheet, card=replace(sheet.card, lines=(line, *sheet.card.lines)))


def outage_line(view: CaseView, setting: Setting) -> str:
    """That a limit ran out while nobody could be heard; once it is judged, whether only that."""
    labelled = [entry for entry in view.journal if outage_of(entry.details)]
    judged = [entry for entry in labelled if entry.action != Action.ESCALATE]
    if judged and (outage := outage_of(judged[-1].details)):
        words = N_("⚠️ Late only because the service was down, {begin} to {end}")
        return _during(words, outage, setting)
    if labelled and view.case.is_open and (outage := outage_of(labelled[-1].details)):
        words = N_("⚠️ The limit ran out while the service was down, {begin} to {end}")
        return _during(words, outage, setting)
    return ""


def clock_sheet(data: Mapping[str, Any], setting: Setting) -> Sheet:
    """For administrators: the server's clock was moved, and what that has done."""
    tongue, seconds = setting.tongue, int(data["seconds"])
    by = times.length(timedelta(seconds=abs(seconds)), tongue)
    if seconds > 0:
        head = tongue("⏰ The server's clock jumped forward by {by}", by=by)
        hold = times.length(setting.book.policy.outages.hold, tongue)
        done = tongue("Alerts were held for {hold} and then go on, one for each case.", hold=hold)
    else:
        head = tongue("⏰ The server's clock was set back by {by}", by=by)
        done = tongue("Nothing is sent twice; what was held up by it goes on.")
    hint = tongue("Please check how the server keeps its time (NTP).")
    return Sheet(Card(head, (done,), help_line=hint))


def _during(words: str, outage: Outage, setting: Setting) -> str:
    begin, end = setting.moment(outage.from_at), setting.moment(outage.to_at)
    return setting.tongue(words, begin=begin, end=end)
