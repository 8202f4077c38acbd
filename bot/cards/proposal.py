"""What waits for a second person: one proposal, and the list of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from bot.cards.choices import Rows, pairs
from bot.cards.export_words import wish_lines
from bot.cards.setting import Setting, name
from bot.chat import Card, Weight
from bot.i18n import N_
from bot.plain import cut, one_line
from bot.sheet import Choice, Sheet, Touch
from bot.texts.approving import ENDED, KINDS, OUTCOMES
from bot.texts.emergency import ANSWERED_BY
from workflows.approving.answer import is_same
from workflows.approving.kept import ProposalView
from workflows.approving.proposal import Proposal, ProposalKind, approving_post
from workflows.exporting.wish import ExportWish
from workflows.people import Person, PersonId
from workflows.rails import Offer

NAMES_MOST: Final = 8
CHANGES_MOST: Final = 12
OPENED_MOST: Final = 6
Names = Mapping[PersonId, str]


def proposal_sheet(view: ProposalView, reader: Person, setting: Setting) -> Sheet:
    """One proposal for one reader, with the buttons of whoever may answer."""
    proposal = view.proposal
    card = Card(_head(proposal, setting), tuple(_lines(view, setting)))
    return Sheet(card, _answers(view, reader, setting) if proposal.waits(setting.now) else ())


def proposals_sheet(
    alive: Sequence[ProposalView], over: Sequence[ProposalView], setting: Setting
) -> Sheet:
    """What waits, the oldest first, then what was answered lately."""
    tongue = setting.tongue
    waiting = [view for view in alive if view.proposal.waits(setting.now)]
    head = tongue.many(
        "🤝 {n} proposal waits for a second person",
        "🤝 {n} proposals wait for a second person",
        n=len(waiting),
    )
    if not waiting:
        head = tongue("🤝 Nothing waits for a second person")
    lines = [_line(view, setting) for view in (*alive, *over)]
    opened = [
        Choice(
            f"🔎 {view.proposal.id}", Offer(Touch.PROPOSAL_OPEN, {"proposal": view.proposal.id})
        )
        for view in waiting[:OPENED_MOST]
    ]
    hint = tongue("Exports, large imports and policy changes take two people.")
    return Sheet(Card(head, tuple(lines), help_line=hint), pairs(opened))


def _head(proposal: Proposal, setting: Setting) -> str:
    tongue = setting.tongue
    places = {"kind": tongue(KINDS[proposal.kind]), "number": proposal.id}
    if proposal.done_at is not None:
        return tongue("{kind} no. {number}: carried out", **places)
    if proposal.answer is not None:
        return tongue(ENDED[proposal.answer], **places)
    if not proposal.has_asker:
        return tongue("{kind} no. {number}: two people have to approve it", **places)
    return tongue("{kind} no. {number}: please approve", **places)


def _lines(view: ProposalView, setting: Setting) -> Iterator[str]:
    proposal, tongue = view.proposal, setting.tongue
    yield from WHAT[proposal.kind](proposal.what, setting)
    if proposal.purpose:
        yield tongue("💬 {words}", words=cut(one_line(proposal.purpose), 200))
    asked_at = setting.moment(proposal.asked_at)
    if proposal.operator:
        by = cut(one_line(proposal.operator), 60)
        yield tongue("🖥 At the terminal: {who}, {time}", who=by, time=asked_at)
    if proposal.has_asker:
        who = name(view.names.get(proposal.asked_by, ""))
        yield tongue("🗣 {who} asked {time}", who=who, time=asked_at)
    if proposal.waits(setting.now):
        yield tongue(
            "⏳ Waits for one of: {names}. Lapses {time}.",
            names=_several(view, setting),
            time=setting.moment(proposal.lapses_at),
        )
    yield from _became(view, setting)


def _became(view: ProposalView, setting: Setting) -> Iterator[str]:
    proposal, tongue = view.proposal, setting.tongue
    if proposal.needs_nobody:
        yield tongue("✅ Small enough for one person")
    elif proposal.answer is not None and proposal.answered_at is not None:
        who = name(view.names.get(proposal.answered_by or PersonId(0), ""))
        time = setting.moment(proposal.answered_at)
        yield tongue(ANSWERED_BY[proposal.answer], who=who, time=time)
    if proposal.outcome:
        yield tongue(OUTCOMES[proposal.outcome])
    elif proposal.done_at is not None and proposal.kind is ProposalKind.POLICY:
        yield tongue("📜 It takes effect when the service is started next.")


def _export(what: Mapping[str, Any], setting: Setting) -> Iterator[str]:
    wish = ExportWish.from_json(what)
    yield setting.tongue.many("🗂 {n} case", "🗂 {n} cases", n=wish.rows)
    yield from wish_lines(wish, setting)


def _change(what: Mapping[str, Any], setting: Setting) -> Iterator[str]:
    tongue = setting.tongue
    yield tongue("📄 {list} from {file}", list=what["list"], file=name(what["file"]))
    yield tongue(
        "➕ {added} new · ✏️ {changed} changed · ➖ {removed} gone",
        added=what["added"],
        changed=what["changed"],
        removed=what["removed"],
    )
    for words in what["examples"][:CHANGES_MOST]:
        yield f"· {cut(one_line(words), 80)}"


def _policy(what: Mapping[str, Any], setting: Setting) -> Iterator[str]:
    changes = what["changes"]
    for file, where, old, new in changes[:CHANGES_MOST]:
        before, after = (cut(one_line(value), 40) or "—" for value in (old, new))
        yield f"· {file} {where}: {before} → {after}"
    if (more := what["total"] - min(len(changes), CHANGES_MOST)) > 0:
        yield setting.tongue("and {n} more; all of them: run.py policy status", n=more)


WHAT: Final = {
    ProposalKind.EXPORT: _export,
    ProposalKind.CHANGE: _change,
    ProposalKind.POLICY: _policy,
}


def _answers(view: ProposalView, reader: Person, setting: Setting) -> Rows:
    """Yes and no for whoever may say it; a way back for whoever asked."""
    tongue, proposal = setting.tongue, view.proposal
    if reader.id == proposal.asked_by:
        return ((Choice(tongue("↩️ Withdraw"), Offer(Touch.PROPOSAL_WITHDRAW)),),)
    is_asker = proposal.has_asker and is_same(reader, view.asker)
    if is_asker or approving_post(reader, proposal) is None:
        return ()
    yes = Choice(tongue("✅ I approve"), Offer(Touch.PROPOSAL_APPROVE), Weight.PRIMARY)
    no = Choice(tongue("🚫 Do not"), Offer(Touch.PROPOSAL_REFUSE), Weight.DANGER)
    return ((yes,), (no,))


def _line(view: ProposalView, setting: Setting) -> str:
    """One of the list: what, by whom, what became of it."""
    proposal, tongue = view.proposal, setting.tongue
    who = name(view.names.get(proposal.asked_by, "")) if proposal.has_asker else ""
    parts = [
        tongue("{number}. {kind}", number=proposal.id, kind=tongue(KINDS[proposal.kind])),
        tongue(
            "🗣 {who} {time}",
            who=who or cut(one_line(proposal.operator), 30),
            time=setting.moment(proposal.asked_at),
        ),
        cut(one_line(proposal.purpose), 40),
    ]
    if proposal.answer is None:
        parts.append(tongue("⏳ waits for approval"))
    elif proposal.answered_at is not None and not proposal.needs_nobody:
        by = name(view.names.get(proposal.answered_by or PersonId(0), ""))
        time = setting.moment(proposal.answered_at)
        parts.append(tongue(ANSWERED_BY[proposal.answer], who=by, time=time))
    return " · ".join(part for part in parts if part)


def _several(view: ProposalView, setting: Setting) -> str:
    tongue, asked_by = setting.tongue, view.proposal.asked_by
    asked = [person for person in view.proposal.asked if person != asked_by]
    shown = [name(view.names.get(person, "")) for person in asked[:NAMES_MOST]]
    if (more := len(asked) - len(shown)) > 0:
        shown.append(tongue("and {n} more", n=more))
    return tongue(N_(", ")).join(shown)
