"""The person's side: what a caller said, and what we understand of it."""
