-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT a FROM t;
-- case: db/migration/V2__b.sql, isolated
ALTER TABLE t DROP COLUMN b;
ALTER TABLE t DROP COLUMN a; -- error: cannot drop column a of table t because other objects depend on it (SQLSTATE 2BP01)
