"""An export while it is put together, and the file that came of it."""

from collections.abc import Iterator
from typing import Final

from bot.cards.choices import Rows, pairs
from bot.cards.export_words import state_words, wish_lines
from bot.cards.setting import Setting
from bot.chat import Card, Weight
from bot.document import Document
from bot.plain import cut, one_line
from bot.sheet import Choice, Sheet, Touch
from workflows.approving.kept import ProposalView
from workflows.exporting.form import ExportForm, form_of
from workflows.exporting.kept import MadeFile
from workflows.exporting.wish import ExportWish, exporting_posts
from workflows.hotline.draft import Draft, DraftState
from workflows.people import Person
from workflows.rails import Offer

PERIODS: Final = (7, 30, 90, 365)
STATES: Final = ("", "open", "closed")
FORMATS: Final = ("xlsx", "csv")


def export_form_sheet(
    draft: Draft, wish: ExportWish, rows: int, reader: Person, setting: Setting
) -> Sheet:
    """The form with how many cases it would hold; sent or dropped, one line about that."""
    form, tongue = form_of(draft), setting.tongue
    if draft.state is DraftState.DROPPED:
        return Sheet(Card(tongue("🗑 Dropped. Nothing was exported.")))
    if draft.state is DraftState.DONE and form.alone:
        return Sheet(Card(tongue("📤 Being made; the file comes in a moment.")))
    if draft.state is DraftState.DONE:
        return Sheet(
            Card(
                tongue(
                    "📤 No. {number} waits for a second person, see below.", number=form.proposal
                )
            )
        )
    head = tongue.many("📤 Export of {n} case", "📤 Export of {n} cases", n=rows)
    if not rows:
        head = tongue("📤 Export: no case fits")
    hint = tongue("Type a street or days as well, such as 2026-11-01..2026-11-30.")
    if not form.purpose:
        hint = tongue("Please type what it is for; it stays on record.") + "\n" + hint
    lines = tuple(_lines(form, wish, rows, setting))
    return Sheet(Card(head, lines, help_line=hint), _choices(form, rows, reader, setting))


def export_file_sheet(view: ProposalView, file: MadeFile | None, setting: Setting) -> Sheet:
    """The file with what it is; where it is gone, what to do."""
    tongue, proposal = setting.tongue, view.proposal
    wish = ExportWish.from_json(proposal.what)
    gone = tongue(
        "⚠️ The file cannot be sent here. On the server: run.py export fetch {number}, or ask "
        "anew: /export",
        number=proposal.id,
    )
    head = tongue("📤 Export {token}", token=wish.token)
    lines = (
        *wish_lines(wish, setting),
        tongue("💬 {words}", words=cut(one_line(proposal.purpose), 200)),
        tongue("It carries your name and this number. Please delete it when you are done."),
    )
    if file is None:
        return Sheet(Card(head, (*lines, gone)))
    document = Document(str(proposal.id), file.name, file.size)
    return Sheet(Card(head, lines, document=document, no_document=gone))


def _lines(form: ExportForm, wish: ExportWish, rows: int, setting: Setting) -> Iterator[str]:
    tongue, rules = setting.tongue, setting.book.policy.approving
    yield from wish_lines(wish, setting)
    if form.purpose:
        yield tongue("💬 {words}", words=cut(one_line(form.purpose), 200))
    if wish.callers or rows > rules.alone_rows:
        yield tongue("🤝 A second person has to approve it.")


def _choices(form: ExportForm, rows: int, reader: Person, setting: Setting) -> Rows:
    """Each of the small ones goes to the next of its kind."""
    tongue = setting.tongue
    days = next((each for each in PERIODS if each > form.days), PERIODS[0])
    state = STATES[(STATES.index(form.state) + 1) % 3] if form.state in STATES else ""
    other = FORMATS[1 - FORMATS.index(form.format)]
    small = [
        Choice(tongue("📅 {n} days", n=days), Offer(Touch.EXPORT_SET, {"days": days})),
        Choice(f"📂 {state_words(state, setting)}", Offer(Touch.EXPORT_SET, {"state": state})),
        Choice(f"📄 {other.upper()}", Offer(Touch.EXPORT_SET, {"format": other})),
    ]
    if exporting_posts(reader, callers=True):
        label = tongue("🔒 No callers") if form.callers else tongue("☎️ Callers")
        small.append(Choice(label, Offer(Touch.EXPORT_SET, {"callers": not form.callers})))
    small.append(Choice(tongue("🗑 Drop"), Offer(Touch.EXPORT_DROP), Weight.DANGER))
    if not rows or not form.purpose:
        return pairs(small)
    send = Choice(tongue("📤 Export"), Offer(Touch.EXPORT_SEND), Weight.PRIMARY)
    return ((send,), *pairs(small))
