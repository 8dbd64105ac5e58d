-- case: 001_a.sql, isolated
CREATE SCHEMA s;
CREATE TABLE t (id bigint PRIMARY KEY);
CREATE TABLE s.t (id bigint PRIMARY KEY);
-- case: 002_b.sql, isolated
SET lock_timeout = '5s';
SET statement_timeout = '5s';
VACUUM FULL
  s.t, -- error: all of `s.t` again
  t; -- error: all of `t` again
