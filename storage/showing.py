"""What people see now: at most one live message per person and subject, found by its ids."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.owing import recipient_of
from storage.rows.outgoing import message_keys, message_refs
from storage.upsert import inserting
from workflows.notices import case_subject
from workflows.rails import Owed


async def show(
    connection: AsyncConnection,
    owed: Owed,
    receipt: Mapping[str, Any],
    keys: Sequence[str],
    at: datetime,
) -> None:
    """Remember the message that was just sent or edited."""
    await _remember_keys(connection, owed, keys)
    notice = owed.notice
    if not notice.subject:
        return
    recipient = recipient_of(notice.to)
    seen = {
        "transport": owed.address.transport,
        "chat": owed.address.chat,
        "receipt": dict(receipt),
        "sent_at": at,
    }
    adding = inserting(connection, message_refs).values(
        recipient=recipient,
        subject=notice.subject,
        person_id=owed.reader.id if owed.reader else None,
        **seen,
    )
    await connection.execute(
        adding.on_conflict_do_update(
            index_elements=[message_refs.c.recipient, message_refs.c.subject],
            set_={name: adding.excluded[name] for name in seen},
        )
    )


async def _remember_keys(connection: AsyncConnection, owed: Owed, keys: Sequence[str]) -> None:
    """A reply to any message about a case means that case, live or not."""
    notice = owed.notice
    subject = notice.subject or (case_subject(notice.case_id) if notice.case_id else "")
    if not (subject and keys):
        return
    rows = [
        {
            "transport": owed.address.transport,
            "chat": owed.address.chat,
            "key": key,
            "subject": subject,
        }
        for key in dict.fromkeys(keys)
    ]
    adding = inserting(connection, message_keys).values(rows)
    await connection.execute(
        adding.on_conflict_do_update(
            index_elements=[
                message_keys.c.transport,
                message_keys.c.chat,
                message_keys.c.key,
            ],
            set_={"subject": adding.excluded.subject},
        )
    )
