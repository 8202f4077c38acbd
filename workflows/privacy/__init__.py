"""Who may see and do what, and which acts need a second person."""
