"""Reads what a city already has: its complaints, grids, people, agencies and landmarks."""
