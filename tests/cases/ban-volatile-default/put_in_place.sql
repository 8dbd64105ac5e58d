-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE FUNCTION now_in_microseconds() RETURNS bigint LANGUAGE sql AS $$ SELECT CAST(EXTRACT(EPOCH FROM now()) * 1000000 AS bigint); $$;
CREATE FUNCTION chance() RETURNS double precision LANGUAGE sql AS $$ SELECT random() * 2 $$;
CREATE FUNCTION highest() RETURNS bigint LANGUAGE sql AS $$ SELECT max(id) FROM a $$;
CREATE FUNCTION guarded() RETURNS timestamptz LANGUAGE sql SECURITY DEFINER AS $$ SELECT now() $$;
CREATE FUNCTION of_another() RETURNS bigint LANGUAGE sql AS $$ SELECT now_in_microseconds() $$;
-- case: 002_b.sql, isolated
ALTER TABLE a ADD COLUMN b bigint NOT NULL DEFAULT now_in_microseconds();
ALTER TABLE a ADD COLUMN c float8 NOT NULL DEFAULT chance(); -- error: `random` is volatile: adding `c` writes every row of `a` again
ALTER TABLE a ADD COLUMN d bigint DEFAULT highest(); -- error: as far as anybody knows, `highest` is volatile: adding `d` writes every row of `a` again
ALTER TABLE a ADD COLUMN e timestamptz DEFAULT guarded(); -- error: as far as anybody knows, `guarded` is volatile: adding `e` writes every row of `a` again
ALTER TABLE a ADD COLUMN f bigint DEFAULT of_another(); -- error: as far as anybody knows, `of_another` is volatile: adding `f` writes every row of `a` again
