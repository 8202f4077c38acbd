"""Who knocks: people in a chat, programs over HTTP, an operator at a terminal, and the clock."""
