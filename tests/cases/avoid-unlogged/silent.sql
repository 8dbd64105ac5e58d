-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE UNLOGGED TABLE b (id bigint PRIMARY KEY);
-- case: 002_b.sql, isolated
SET lock_timeout = '5s';
SET statement_timeout = '5s';
ALTER TABLE a SET LOGGED;
ALTER TABLE b SET LOGGED; -- error: this writes every row of `b` again
ALTER TABLE b SET LOGGED;
CREATE TABLE n (id bigint PRIMARY KEY);
ALTER TABLE n SET UNLOGGED;
BEGIN;
-- migration-lint: allow(ban-truncate): nobody reads it
TRUNCATE a;
ALTER TABLE a SET UNLOGGED;
COMMIT;
