"""Work that several do together: calling people out, and whistling for other agencies."""
