"""News by e-mail: plain text in the duty office's language, over TLS where it is asked for."""

import ssl
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Final

import aiosmtplib

from bot.letter import Letters
from handlers.auditor.channel import UndeliveredError
from workflows.auditing.telling import News

SECONDS: Final = 20.0


@dataclass(frozen=True, slots=True)
class Post:
    """How letters leave: `security` is `starttls`, `tls` or `plain`; `ca` a file of own roots."""

    host: str
    port: int
    security: str
    sender: str
    receivers: tuple[str, ...]
    user: str = ""
    password: str = field(default="", repr=False)
    ca: Path | None = None


@dataclass(frozen=True, slots=True)
class Mail:
    """Implements `handlers.auditor.channel.Channel`."""

    post: Post
    letters: Letters
    name: str = "mail"

    async def tell(self, news: News) -> None:
        """Raises UndeliveredError with the server's code and not its words: they may quote us."""
        post = self.post
        try:
            refused, _ = await aiosmtplib.send(
                self._message(news),
                sender=post.sender,
                recipients=list(post.receivers),
                hostname=post.host,
                port=post.port,
                username=post.user or None,
                password=post.password or None,
                use_tls=post.security == "tls",
                start_tls=post.security == "starttls",
                tls_context=_trust(post),
                timeout=SECONDS,
            )
        except aiosmtplib.SMTPResponseException as no:
            raise UndeliveredError(f"{type(no).__name__} {no.code}") from None
        except (aiosmtplib.SMTPException, OSError) as no:
            raise UndeliveredError(type(no).__name__) from None
        if refused:
            raise UndeliveredError(f"{len(refused)} of {len(post.receivers)} receivers refused")

    def _message(self, news: News) -> EmailMessage:
        letter = self.letters.letter(news)
        message = EmailMessage()
        message["Subject"] = letter.subject
        message["From"] = Address("Paidan", addr_spec=self.post.sender)
        message["To"] = ", ".join(self.post.receivers)
        message["Date"] = format_datetime(news.at)
        message["Message-ID"] = make_msgid(domain=self.post.sender.rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        return message


def _trust(post: Post) -> ssl.SSLContext | None:
    if post.security == "plain":
        return None
    return ssl.create_default_context(cafile=post.ca)
