-- case: 001_a.sql, isolated
CREATE TABLE tenants (name text PRIMARY KEY);
CREATE TABLE a (id bigint PRIMARY KEY);
ALTER TABLE a ENABLE ROW LEVEL SECURITY;
-- case: 002_b.sql, isolated
SET lock_timeout = '5s';
SET statement_timeout = '5s';
DO $$
DECLARE found record;
BEGIN
  FOR found IN SELECT nspname AS name FROM pg_namespace, pg_stat_activity LOOP
    EXECUTE format('CREATE POLICY own ON %I USING (true)', found.name);
  END LOOP;
END $$;
-- case: 003_c.sql, isolated
CREATE TABLE b (id bigint PRIMARY KEY);
ALTER TABLE b ENABLE ROW LEVEL SECURITY; -- info: `b` has row level security and no policy
