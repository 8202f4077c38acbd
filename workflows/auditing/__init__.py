"""What is wrong with the service itself, and who is to hear of it (durability.md 2.2, Auditor)."""
