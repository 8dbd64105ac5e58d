-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY, c char(3)); -- warning: `c` of `a`
CREATE TABLE b (id bigint PRIMARY KEY, c char(3)); -- warning: `c` of `b`
CREATE TABLE c (id bigint PRIMARY KEY, c char(3)); -- warning: `c` of `c`
CREATE TABLE d (id bigint PRIMARY KEY, c char(3));
CREATE TABLE e (id bigint PRIMARY KEY, c char(3));
-- case: 002_b.sql, isolated
ALTER TABLE a ADD COLUMN id bigint;
-- case: 003_c.sql, isolated
ALTER TABLE b ADD CONSTRAINT k CHECK (nothing > 0);
-- case: 004_d.sql, isolated
CREATE INDEX i ON c (nothing);
-- case: 005_e.sql, isolated
ALTER TABLE d ADD COLUMN id bigint, ALTER COLUMN c TYPE text;
-- case: 006_f.sql, isolated
ALTER TABLE e DROP COLUMN c, DROP COLUMN nothing;
