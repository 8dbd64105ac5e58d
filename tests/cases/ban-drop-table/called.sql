-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (id bigint PRIMARY KEY);
CREATE FUNCTION clean() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DROP TABLE a; END $$;
-- case: 002_b.sql, isolated
SELECT clean(); -- error: what `a` holds is lost, and whoever still names the table fails
-- case: 003_c.sql, isolated
CREATE FUNCTION "Clean b"() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DROP TABLE b; END $$;
SELECT count(*) FROM (SELECT "Clean b"()) AS s; -- error: what `b` holds is lost, and whoever still names the table fails
-- case: 004_d.sql, isolated
CREATE TABLE c (id bigint PRIMARY KEY);
CREATE TABLE d (id bigint PRIMARY KEY);
CREATE FUNCTION drop_c() RETURNS int LANGUAGE plpgsql AS $$ BEGIN DROP TABLE c; RETURN 1; END $$;
CREATE FUNCTION drop_d() RETURNS int LANGUAGE plpgsql AS $$ BEGIN DROP TABLE d; RETURN 1; END $$;
-- case: 005_e.sql, isolated
CREATE TABLE e AS SELECT drop_c() AS n; -- error: what `c` holds is lost, and whoever still names the table fails
-- case: 006_f.sql, isolated
EXPLAIN ANALYZE SELECT drop_d(); -- error: what `d` holds is lost, and whoever still names the table fails
