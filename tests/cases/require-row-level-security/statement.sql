-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE POLICY p ON a USING (true);
ALTER TABLE a ENABLE ROW LEVEL SECURITY;
-- case: 002_b.sql, isolated
SET lock_timeout = '5s';
SET statement_timeout = '5s';
ALTER TABLE a DISABLE ROW LEVEL SECURITY; -- warning: policy `p` does nothing, since row level security of `a` is not enabled
