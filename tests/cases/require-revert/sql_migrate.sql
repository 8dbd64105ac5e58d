-- case: m/1-a.sql, isolated
-- +migrate Up
CREATE TABLE t (a int);
-- +migrate StatementBegin
CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DELETE FROM t; END $$;
-- +migrate StatementEnd
-- +migrate Down
DROP FUNCTION f();
DROP TABLE t;
-- case: m/2-b.sql, isolated
-- +migrate Up
CREATE TABLE u (a int);
-- +migrate Down -- error: left behind: table `public.u`
SELECT 1;
