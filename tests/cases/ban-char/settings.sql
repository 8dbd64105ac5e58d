-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY, c char(3)); -- warning: `c` of `a`
CREATE TABLE b (id bigint PRIMARY KEY, c char(3)); -- warning: `c` of `b`
CREATE TABLE c (id bigint PRIMARY KEY, c char(3)); -- warning: `c` of `c`
CREATE TABLE d (id bigint PRIMARY KEY, c char(3));
CREATE TABLE e (id bigint PRIMARY KEY, c char(3) DEFAULT 'a');
-- case: 002_b.sql, isolated
ALTER TABLE a ALTER COLUMN nothing SET NOT NULL;
-- case: 003_c.sql, isolated
ALTER TABLE b ALTER COLUMN id SET DEFAULT 'x';
-- case: 004_d.sql, isolated
ALTER TABLE c ALTER COLUMN c SET STATISTICS 1, ALTER COLUMN nothing SET STATISTICS 1;
-- case: 005_e.sql, isolated
ALTER TABLE d ALTER COLUMN c TYPE text, ALTER COLUMN nothing SET NOT NULL;
-- case: 006_f.sql, isolated
ALTER TABLE e ALTER COLUMN c SET DEFAULT nothing;
