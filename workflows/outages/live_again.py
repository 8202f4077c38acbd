"""After an outage: cards whose buttons were pressed in vain are shown anew, once each."""

from dataclasses import dataclass
from typing import Final

from workflows.cases.consequences import Because
from workflows.notices import Lane, Notice
from workflows.outages.kept import OldCard
from workflows.outages.outage import Outage
from workflows.ports import Begin

A_BATCH: Final = 50
"""Cases, forms or call-outs in one transaction: what is open is never in memory as a whole."""


@dataclass(frozen=True, slots=True)
class LiveAgain:
    """Owe an edit to everybody who has an open card on their screen from before an outage.

    Presses made in an outage of more than two minutes are gone, and nobody was told. The edit
    says so. It waits for everything else (`Lane.AGAIN`), and one that a person's own act has
    overtaken is not sent.
    """

    begin: Begin

    async def __call__(self) -> int | None:
        """One batch; how many edits are owed, or None when no outage has old cards left.

        Where it broke off the next one goes on, in whatever process.
        """
        async with self.begin() as work:
            outage = await work.outages.with_old_cards()
            if outage is None:
                return None
            cards = await work.outages.old_cards(outage, A_BATCH)
            await work.owe(*(_again(card, outage) for card in cards or ()))
        return len(cards or ())


def _again(card: OldCard, outage: Outage) -> Notice:
    return Notice(
        to=card.person,
        kind=card.kind,
        key=f"outage:{outage.id}:{card.subject}:{card.person}",
        subject=card.subject,
        case_id=card.case_id,
        because=Because.CHANGED,
        data={**card.data, "outage": outage.as_json()},
        lane=Lane.AGAIN,
    )
