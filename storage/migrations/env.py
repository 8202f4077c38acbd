"""Alembic's way in: the connection is already open and locked, and nothing is printed."""

from alembic import context

from storage.migrating import run_migrations

run_migrations(context)
