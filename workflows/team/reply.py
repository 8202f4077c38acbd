"""Answer a question that changes nothing: owe the answer, settle the update."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workflows.cases.case import CaseId
from workflows.notices import Address, Lane, Notice, NoticeKind
from workflows.people import Actor
from workflows.ports import Begin, Clock


@dataclass(frozen=True, slots=True)
class Reply:
    """Words are chosen when the answer is sent; here only what is answered is kept."""

    begin: Begin
    now: Clock

    async def __call__(
        self,
        actor: Actor,
        kind: NoticeKind,
        case_id: CaseId | None = None,
        data: Mapping[str, Any] | None = None,
        subject: str = "",
        *,
        fresh: bool = True,
        once: str = "",
    ) -> None:
        """With a subject the answer becomes the live message about it, at the end of the chat.

        What is to be said `once` is said once under that name, however often it is true.
        """
        await self._owe(
            Notice(
                to=actor.id,
                kind=kind,
                key=f"{kind}:{once or actor.cause or self.now().isoformat()}:{actor.id}",
                subject=subject,
                case_id=case_id,
                data=dict(data or {}),
                lane=Lane.ANSWER,
                fresh=fresh,
            ),
            actor.cause,
        )

    async def to_stranger(
        self, address: Address, kind: NoticeKind, cause: str | None, data: Mapping[str, Any]
    ) -> None:
        """One polite sentence a day to somebody we do not know."""
        day = self.now().date().isoformat()
        key = f"{kind}:{address.transport}:{address.chat}:{day}:{data.get('reason', '')}"
        await self._owe(Notice(to=address, kind=kind, key=key, data=dict(data)), cause)

    async def nothing(self, cause: str | None) -> None:
        """Heard, and there is nothing to say."""
        async with self.begin() as work:
            await work.settle(cause)

    async def _owe(self, notice: Notice, cause: str | None) -> None:
        async with self.begin() as work:
            await work.owe(notice)
            await work.settle(cause)


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    """The person's own choice, kept; the phone's language is only the first guess."""

    begin: Begin
    now: Clock

    async def __call__(self, actor: Actor, language: str) -> None:
        async with self.begin() as work:
            await work.people.choose_language(actor.id, language)
            await work.owe(
                Notice(
                    to=actor.id,
                    kind=NoticeKind.SAID,
                    key=f"language:{actor.cause}",
                    data={"what": "language_chosen"},
                )
            )
            await work.settle(actor.cause)
