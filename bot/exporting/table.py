"""The columns of an export, in the reader's language, in the district's time."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

from bot.cards.setting import Setting
from bot.exporting.harmless import harmless
from bot.i18n import N_
from bot.texts.law import SOURCES, STATES, TIMELINESS
from bot.texts.people import URGENCIES
from workflows.cases.case import Source, State, Timeliness
from workflows.exporting.kept import Mark
from workflows.exporting.row import ExportRow
from workflows.policy.catalogue import Urgency

Cell = str | int | datetime | None
Column = tuple[str, Callable[[ExportRow, Setting], Cell]]


def _when(at: datetime | None, setting: Setting) -> datetime | None:
    """Local time without its zone, as spreadsheet programs know no zones."""
    return None if at is None else at.astimezone(setting.book.calendar.zone).replace(tzinfo=None)


def _timeliness(row: ExportRow, setting: Setting) -> str:
    return setting.tongue(TIMELINESS[Timeliness(row.timeliness)]) if row.timeliness else ""


def _urgency(row: ExportRow, setting: Setting) -> str:
    return setting.tongue(URGENCIES[Urgency(row.urgency)]) if row.urgency else ""


COLUMNS: Final[tuple[Column, ...]] = (
    (N_("Case"), lambda row, _: row.number),
    (N_("Order"), lambda row, _: row.source_number),
    (N_("State"), lambda row, setting: setting.tongue(STATES[State(row.state)])),
    (N_("Class code"), lambda row, _: row.class_code),
    (N_("Class"), lambda row, setting: setting.class_name(row.class_code)),
    (N_("Urgency"), _urgency),
    (N_("Area code"), lambda row, _: row.area),
    (N_("Area"), lambda row, _: row.area_name),
    (N_("Place"), lambda row, _: row.place),
    (N_("What was reported"), lambda row, _: row.words),
    (N_("Source"), lambda row, setting: setting.tongue(SOURCES[Source(row.source)])),
    (N_("Reported at"), lambda row, setting: _when(row.reported_at, setting)),
    (N_("Agency"), lambda row, setting: setting.tongue.either(row.agency, row.agency_en)),
    (N_("Worker"), lambda row, _: row.worker),
    (N_("Due"), lambda row, setting: _when(row.due_at, setting)),
    (N_("Closed at"), lambda row, setting: _when(row.closed_at, setting)),
    (N_("In time"), _timeliness),
    (N_("Rework"), lambda row, _: row.reworks),
    (N_("Result"), lambda row, _: row.note),
    (N_("Reply to caller"), lambda row, _: row.reply),
)
OF_CALLERS: Final[tuple[Column, ...]] = (
    (N_("Caller"), lambda row, _: row.caller),
    (N_("Telephone"), lambda row, _: row.phone),
    (N_("Caller's address"), lambda row, _: row.address),
)
"""Only where a second person has approved it."""


def columns_for(*, callers: bool) -> tuple[Column, ...]:
    return (*COLUMNS, *OF_CALLERS) if callers else COLUMNS


def head_cells(columns: tuple[Column, ...], setting: Setting) -> list[Cell]:
    return [setting.tongue(title) for title, _ in columns]


def cells_of(row: ExportRow, columns: tuple[Column, ...], setting: Setting) -> Iterator[Cell]:
    for _, value in columns:
        cell = value(row, setting)
        yield harmless(cell) if isinstance(cell, str) else cell


def mark_words(mark: Mark, setting: Setting) -> str:
    """Whose file it is, since when and what for: on its first row and in its properties."""
    local = mark.at.astimezone(setting.book.calendar.zone)
    return harmless(
        setting.tongue(
            "Export {token} · {who} · {time} · for: {purpose}",
            token=mark.token,
            who=mark.who,
            time=f"{local:%Y-%m-%d %H:%M}",
            purpose=mark.purpose,
        )
    )


def last_words(mark: Mark, count: int, setting: Setting) -> str:
    return harmless(
        setting.tongue.many(
            "End of export {token}: {n} case",
            "End of export {token}: {n} cases",
            n=count,
            token=mark.token,
        )
    )
