"""How we speak, in any chat."""
