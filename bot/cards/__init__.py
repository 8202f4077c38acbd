"""What a person sees: pure functions from what is known to a sheet; they send and read nothing."""
