"""People: who is let in, in which language they are spoken to, and what they are answered."""
