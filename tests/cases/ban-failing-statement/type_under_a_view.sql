-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (a int);
CREATE VIEW v AS SELECT a FROM t;
-- case: db/migration/V2__b.sql, isolated
ALTER TABLE t ALTER COLUMN a TYPE bigint; -- error: cannot alter type of a column used by a view or rule (SQLSTATE 0A000)
