-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY);
ALTER TABLE a ENABLE ROW LEVEL SECURITY;
CREATE TABLE b (id bigint PRIMARY KEY);
ALTER TABLE b ENABLE ROW LEVEL SECURITY; -- info: `b` has row level security and no policy
CREATE TABLE c (id bigint PRIMARY KEY);
-- case: 002_b.sql, isolated
CREATE POLICY p ON a USING (true);
