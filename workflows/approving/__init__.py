"""Two people for what one alone must not do: an export, a change of many rows, of the policy."""
