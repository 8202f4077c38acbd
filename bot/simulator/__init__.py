"""A Telegram in this process: the Bot API over HTTP, with people who can be driven."""
