-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (id bigint PRIMARY KEY);
CREATE FUNCTION clean() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DROP TABLE a; END $$;
-- case: 002_b.sql, isolated
SELECT clean(); -- error: what `a` holds is lost, and whoever still names the table fails
-- case: 003_c.sql, isolated
CREATE FUNCTION "Clean b"() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DROP TABLE b; END $$;
SELECT count(*) FROM (SELECT "Clean b"()) AS s; -- error: what `b` holds is lost, and whoever still names the table fails
