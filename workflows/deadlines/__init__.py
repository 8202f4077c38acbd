"""When things are due: the calendar, the stopwatch and the limits, all pure."""
