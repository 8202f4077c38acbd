"""getMe, getUpdates, the webhook's settings, close and logOut."""

import re
from urllib.parse import urlsplit

from bot.simulator.errors import Refusal, Words, bad, too_many
from bot.simulator.outgoing import Turn
from bot.simulator.polling import end_poll, get_updates, take_allowed
from bot.simulator.state import JSON, Hook

CLOSE_SECONDS = 600


def get_me(turn: Turn) -> JSON:
    return turn.bot.profile | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


class Told(str):
    """A success that comes with a description."""

    __slots__ = ()


def set_webhook(turn: Turn) -> Told:
    """Lenient on purpose: a loopback hook may be plain `http` on any port (messaging.md 1.3)."""
    url = turn.args.text("url")
    if not url:
        return delete_webhook(turn)
    world, bot = turn.world, turn.bot
    secret = turn.args.text("secret_token")
    _check_hook(url, secret)
    connections = turn.args.whole("max_connections", 40, low=1, high=100)
    take_allowed(turn)
    if turn.args.flag("drop_pending_updates"):
        bot.queue.clear()
    wanted = Hook(url, secret, connections, turn.args.text("ip_address") or None)
    if bot.hook is not None and _settings(bot.hook) == _settings(wanted):
        return Told("Webhook is already set")
    now = world.clock.steady()
    if bot.hook_set_at is not None and now - bot.hook_set_at < 1:
        raise too_many(1)
    bot.hook_set_at = now
    bot.hook = wanted
    end_poll(world, bot)
    world.changed("webhook", bot=bot.id)
    return Told("Webhook was set")


def _settings(hook: Hook) -> tuple[str, str, int]:
    return (hook.url, hook.secret, hook.max_connections)


def _check_hook(url: str, secret: str) -> None:
    if len(secret) > 256:
        raise bad(Words.SECRET_LONG)
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret, re.ASCII):
        raise bad(Words.SECRET_CHARACTERS)
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        host, port = parts.hostname, parts.port
    except ValueError:
        raise bad("invalid webhook URL specified") from None
    if not host or parts.scheme not in {"http", "https"}:
        raise bad("invalid webhook URL specified")
    if host in {"localhost", "127.0.0.1", "::1"}:
        return
    if parts.scheme != "https":
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in {None, 443, 80, 88, 8443}:
        raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def delete_webhook(turn: Turn) -> Told:
    if turn.args.flag("drop_pending_updates"):
        turn.bot.queue.clear()
    if turn.bot.hook is None:
        return Told("Webhook is already deleted")
    turn.bot.hook = None
    turn.world.changed("webhook", bot=turn.bot.id)
    return Told("Webhook was deleted")


def get_webhook_info(turn: Turn) -> JSON:
    turn.world.forget_expired(turn.bot)
    hook = turn.bot.hook or Hook("")
    shown: JSON = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(turn.bot.queue),
    }
    if hook.url:
        shown["max_connections"] = hook.max_connections
        shown["ip_address"] = hook.ip_address or "127.0.0.1"
    if hook.last_error_date is not None:
        shown["last_error_date"] = hook.last_error_date
        shown["last_error_message"] = hook.last_error
    if turn.bot.allowed is not None:
        shown["allowed_updates"] = sorted(turn.bot.allowed)
    return shown


def close(turn: Turn) -> bool:
    """Answered as the real one does; the product never calls it."""
    age = turn.world.clock.steady() - (turn.bot.first_call or 0.0)
    if age < CLOSE_SECONDS:
        raise too_many(int(CLOSE_SECONDS - age) or 1)
    return True


def log_out(turn: Turn) -> bool:
    turn.bot.logged_out = True
    return True


def refuse_logged_out(turn: Turn) -> None:
    if turn.bot.logged_out:
        raise Refusal(400, Words.LOGGED_OUT)


METHODS = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "close": close,
    "logOut": log_out,
}
