"""Every change of the tables since the first, run by Alembic in order."""
