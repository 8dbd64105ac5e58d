-- case: 012_a.sql
CREATE TABLE t (id bigint PRIMARY KEY, a int, b varchar(20), c int NOT NULL DEFAULT 1);
CREATE VIEW v AS SELECT id, a FROM t;
CREATE TYPE kind AS ENUM ('a', 'b');
CREATE FUNCTION f(x int) RETURNS int LANGUAGE sql AS 'SELECT x';
CREATE SCHEMA s;
CREATE TABLE s.u (id bigint PRIMARY KEY);
-- case: 013_b.sql
/* BREAKING CHANGE:
 * f is called g now, for whoever reports;
 * the table is called `s.u` in the web site. */
ALTER FUNCTION f(int) RENAME TO g;
ALTER TABLE s.u SET SCHEMA public;
ALTER TABLE t ALTER COLUMN c DROP DEFAULT; -- error: this takes the default from column `t.c`, which is NOT NULL, and no note says so
ALTER TABLE t ALTER COLUMN b TYPE varchar(10); -- error: this makes column `t.b` `character varying(10)`, which was `character varying(20)`
ALTER TABLE t ADD COLUMN d int NOT NULL; -- error: this adds column `t.d`, which is NOT NULL and has no default
ALTER TABLE t ADD CONSTRAINT t_pair UNIQUE (a, b); -- error: this adds constraint `t_pair` to `t`
DROP VIEW v; -- error: this drops view `v`
CREATE VIEW v AS SELECT id FROM t;
ALTER TYPE kind RENAME VALUE 'a' TO 'z'; -- error: this takes the label `a` from `kind`
DO $$ BEGIN -- error: this renames table `t` to `tt`
  ALTER TABLE t RENAME TO tt;
END $$;
ALTER TABLE elsewhere DROP COLUMN gone; -- error: this drops or renames column `elsewhere.gone`
ALTER TABLE elsewhere ALTER COLUMN size SET NOT NULL; -- error: this makes column `elsewhere.size` NOT NULL
ALTER TABLE elsewhere ADD CONSTRAINT checked CHECK (size > 0); -- error: this adds constraint `checked` to `elsewhere`
DROP TABLE far_away; -- error: this drops or renames `far_away`
