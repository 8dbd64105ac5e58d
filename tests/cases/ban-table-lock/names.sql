-- case: 001_a.sql, isolated
CREATE SCHEMA s;
CREATE TABLE t (id bigint PRIMARY KEY);
CREATE TABLE s.t (id bigint PRIMARY KEY);
-- case: 002_b.sql, isolated
SET lock_timeout = '5s';
SET statement_timeout = '5s';
BEGIN;
LOCK TABLE
  s.t, -- warning: using `s.t` until the transaction ends
  t; -- warning: using `t` until the transaction ends
COMMIT;
