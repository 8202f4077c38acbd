"""A caller whose matter is in hand already: offered on the form, and what to tell them."""

from collections.abc import Iterator

from bot.cards.choices import Rows
from bot.cards.setting import Setting, name
from bot.chat import Card, Weight
from bot.sheet import Choice, Touch
from bot.texts.law import STATES
from workflows.rails import Offer
from workflows.views import CaseView


def known_lines(view: CaseView | None, setting: Setting) -> Iterator[str]:
    """That this number has an open case of the same class, and where that one stands."""
    if view is None or not view.case.is_open:
        return
    tongue, case = setting.tongue, view.case
    yield tongue(
        "📣 Open case of the same caller and class: #{number} · {state}",
        number=case.id,
        state=tongue(STATES[case.state]),
    )
    yield tongue("With nothing new: give them the progress. With new facts: send this form.")


def known_rows(view: CaseView | None, setting: Setting) -> Rows:
    """The one tap that makes no new case."""
    if view is None or not view.case.is_open:
        return ()
    label = setting.tongue("📣 Called again: progress of #{number}", number=view.case.id)
    return ((Choice(label, Offer(Touch.CALL_AGAIN), Weight.PRIMARY),),)


def progress_card(view: CaseView, setting: Setting) -> Card:
    """That the call is on record, and the sentence to read out."""
    tongue, case = setting.tongue, view.case
    calls = case.order.calls if case.order else 1
    return Card(
        tongue("📣 #{number}: call no. {n} is on record", number=case.id, n=calls),
        (
            tongue("No new case. Whoever has it has been told."),
            tongue("🗣 Tell the caller: “{reply}”", reply="".join(_sentences(view, setting))),
        ),
    )


def _sentences(view: CaseView, setting: Setting) -> Iterator[str]:
    """State, agency and time limit; nothing of what others have said or done."""
    tongue, case = setting.tongue, view.case
    state = tongue(STATES[case.state])
    yield tongue("Your matter #{number} is in hand ({state}). ", number=case.id, state=state)
    if view.agency is not None:
        agency = name(tongue.either(view.agency.name, view.agency.name_en))
        yield tongue("{agency} is on it. ", agency=agency)
    if case.due_at is not None:
        yield tongue("It is due by {time}. ", time=setting.moment(case.due_at))
    yield tongue("We have passed on that you called again.")
