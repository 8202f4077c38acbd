"""Rosters: whose shift it is, who stands in for whom, and when nobody would be there."""
