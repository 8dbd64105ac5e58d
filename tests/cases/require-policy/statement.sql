-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (id bigint PRIMARY KEY);
CREATE POLICY p ON b USING (true);
ALTER TABLE b ENABLE ROW LEVEL SECURITY;
-- case: 002_b.sql, isolated
SET lock_timeout = '5s';
SET statement_timeout = '5s';
ALTER TABLE a ENABLE ROW LEVEL SECURITY; -- info: `a` has row level security and no policy: nobody sees a row
ALTER TABLE a FORCE ROW LEVEL SECURITY;
DROP POLICY p ON b; -- info: `b` has row level security and no policy
