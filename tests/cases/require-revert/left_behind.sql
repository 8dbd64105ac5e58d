-- case: migrations/1_m.up.sql, isolated
CREATE TYPE kind AS ENUM ('a');
CREATE TABLE t (k kind);
-- case: migrations/1_m.down.sql, isolated
DROP TABLE t; -- error: the down migration does not restore the schema: left behind: type `public.kind`
-- case: migrations/2_m.up.sql, isolated
CREATE TABLE u (a int);
CREATE SEQUENCE s;
CREATE SCHEMA x;
CREATE DOMAIN d AS int;
CREATE VIEW v AS SELECT 1 AS a;
-- case: migrations/2_m.down.sql, isolated
-- Nothing yet. -- error: and 2 more
