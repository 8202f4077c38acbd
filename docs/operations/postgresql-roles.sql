-- Who may do what in PostgreSQL. Run it as the owner of the tables, after `run.py migrate`, and
-- again after each version that brings new tables. Passwords are set apart: ALTER ROLE ... PASSWORD.
--
--   the owner        runs `run.py migrate` and nothing else
--   paidan_serves    run.py serve: adds to the journal, cannot change or remove a line
--   paidan_watches   run.py audit, audit verify: reads

DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'paidan_serves') THEN
    CREATE ROLE paidan_serves LOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'paidan_watches') THEN
    CREATE ROLE paidan_watches LOGIN;
  END IF;
END $$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO paidan_serves, paidan_watches;

GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO paidan_serves;
GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO paidan_serves;

-- The journal and its end: added to and moved on, never changed, never taken away.
REVOKE UPDATE, DELETE ON journal FROM paidan_serves;
REVOKE INSERT, DELETE ON chain_head FROM paidan_serves;
REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM paidan_serves;

GRANT SELECT ON ALL TABLES IN SCHEMA public TO paidan_watches;
