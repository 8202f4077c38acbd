"""Choosing a class on the form: what was guessed, major classes, then six classes a page."""

from typing import Final

from bot.cards.choices import Rows, each_alone, pairs
from bot.cards.setting import Setting
from bot.i18n import N_
from bot.plain import cut, one_line
from bot.sheet import Choice, Touch
from workflows.hotline.intake import Intake
from workflows.rails import Offer

PAGE: Final = 6
"""Classes or major classes on one page."""
LABEL_MOST: Final = 24
"""Characters of a name that has a row to itself."""


def guess_rows(intake: Intake, setting: Setting) -> Rows:
    others = [code for code in intake.guesses[:3] if code != intake.class_code]
    return each_alone(_class(code, setting) for code in others)


def browse_rows(intake: Intake, back: Choice, setting: Setting) -> Rows:
    """Major classes, then the classes of one of them, six a page."""
    catalogue = setting.book.policy.catalogue
    if not intake.browsing:
        every = [
            Choice(
                cut(setting.tongue.either(major.zh, major.en), LABEL_MOST),
                Offer(Touch.BROWSE, {"major": major.code, "page": 0}),
            )
            for major in catalogue.majors
        ]
        return (*_page(every, "", intake.page, setting, wide=False), (back,))
    every = [_class(c.code, setting) for c in catalogue.classes_of(intake.browsing)]
    up = Choice(setting.tongue("⬆️ All groups"), Offer(Touch.BROWSE, {"major": "", "page": 0}))
    shown = _page(every, intake.browsing, intake.page, setting, wide=True)
    return (*shown, (up, back))


def _page(every: list[Choice], major: str, page: int, setting: Setting, *, wide: bool) -> Rows:
    pages = max(-(-len(every) // PAGE), 1)
    page = min(max(page, 0), pages - 1)
    shown = every[page * PAGE : (page + 1) * PAGE]
    turns = tuple(
        Choice(
            setting.tongue(label, page=to + 1, pages=pages),
            Offer(Touch.BROWSE, {"major": major, "page": to}),
        )
        for label, to in ((N_("‹ {page}/{pages}"), page - 1), (N_("{page}/{pages} ›"), page + 1))
        if 0 <= to < pages
    )
    return (*(each_alone(shown) if wide else pairs(shown)), *((turns,) if turns else ()))


def _class(code: str, setting: Setting) -> Choice:
    label = cut(one_line(setting.class_name(code)), LABEL_MOST)
    return Choice(label, Offer(Touch.CHOOSE_CLASS, {"code": code}))
