-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY, b int CONSTRAINT u UNIQUE, c int CONSTRAINT c CHECK (c > 0));
CREATE TABLE r (id bigint PRIMARY KEY, a int CONSTRAINT f REFERENCES a (b));
CREATE INDEX ON r (a);
-- case: 002_b.sql, isolated
SET lock_timeout = '5s';
SET statement_timeout = '5s';
ALTER TABLE r DROP CONSTRAINT f; -- warning: without `f`, `r` may hold rows that refer to nothing
ALTER TABLE a
  DROP CONSTRAINT u, -- warning: without `u`, `a` may hold rows that are alike
  DROP CONSTRAINT IF EXISTS nothing,
  DROP CONSTRAINT a_pkey; -- warning: without `a_pkey`, `a` may hold rows of one key
ALTER TABLE a ADD CONSTRAINT own CHECK (b > 0) NOT VALID;
ALTER TABLE a DROP CONSTRAINT own;
CREATE TABLE n (id bigint CONSTRAINT k PRIMARY KEY);
ALTER TABLE n DROP CONSTRAINT k;
ALTER TABLE n ADD PRIMARY KEY (id);
-- case: 003_c.sql, isolated
SET lock_timeout = '5s';
SET statement_timeout = '5s';
ALTER TABLE a DROP CONSTRAINT c;
-- migration-lint: allow(ban-drop-table): nobody reads it
DROP TABLE a;
