"""What becomes of people's work when the service itself was away, or its clock was wrong."""
