-- case: 001_a.sql, isolated
CREATE TABLE b (id bigint PRIMARY KEY);
CREATE POLICY p ON b USING (true);
-- case: 002_b.sql, isolated
SET lock_timeout = '5s';
SET statement_timeout = '5s';
DO $$
DECLARE found record;
BEGIN
  FOR found IN SELECT nspname AS name FROM pg_namespace, pg_stat_activity LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', found.name);
  END LOOP;
END $$;
-- case: 003_c.sql, isolated
CREATE TABLE c (id bigint PRIMARY KEY);
CREATE POLICY p ON c USING (true); -- warning: policy `p` does nothing, since row level security of `c` is not enabled
