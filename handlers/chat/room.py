"""What every chat handler is given: the verbs, what can be read, and how to answer a press."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.chat import Courier, Gesture, Pressed
from bot.i18n import Speech, Tongue
from bot.veil import Loads
from workflows import Workflows
from workflows.cases.case import CaseId
from workflows.figures import SILENCE, Figures
from workflows.joint.call_out import CallId
from workflows.people import Actor, Person
from workflows.rails import Doorbell, Tokens
from workflows.views import Views


@dataclass(frozen=True, slots=True)
class Room:
    """Everything a gesture can need."""

    flows: Workflows
    views: Views
    doorbell: Doorbell
    tokens: Tokens
    speech: Speech
    couriers: Mapping[str, Courier]
    loads: Loads
    figures: Figures = SILENCE

    def tongue(self, person: Person) -> Tongue:
        return self.speech.in_(person.language)

    async def toast(self, press: Pressed, words: str, *, urgent: bool = False) -> None:
        """Answer a press; best effort, since what was done stands in the card anyway."""
        courier = self.couriers[press.address.transport]
        await courier.acknowledge(press.press_id, words, urgent=urgent)

    async def case_meant(self, gesture: Gesture) -> CaseId | None:
        """The case whose message this gesture answers."""
        number = await self._meant(gesture, "case")
        return None if number is None else CaseId(number)

    async def call_meant(self, gesture: Gesture) -> CallId | None:
        """The call-out whose message this gesture answers."""
        number = await self._meant(gesture, "call")
        return None if number is None else CallId(number)

    async def _meant(self, gesture: Gesture, kind: str) -> int | None:
        if gesture.about is None:
            return None
        subject = await self.doorbell.subject_of(gesture.address, gesture.about)
        found, _, number = (subject or "").partition(":")
        return int(number) if found == kind else None


def acting(person: Person, gesture: Gesture) -> Actor:
    """The person in the moment of this gesture."""
    return Actor(person, gesture.said_at, gesture.cause)
