-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY, b text NOT NULL);
-- case: 002_b.sql, isolated
SET lock_timeout = '5s';
SET statement_timeout = '5s';
ALTER TABLE a
  ALTER COLUMN b DROP NOT NULL, -- warning: `b` of `a` may hold nulls from now on
  ALTER COLUMN b DROP NOT NULL;
