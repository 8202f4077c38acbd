"""Who knocks: chats, programs, the clock and the terminal."""
