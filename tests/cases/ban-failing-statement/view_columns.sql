-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT a, b FROM t;
-- case: db/migration/V2__b.sql, isolated
CREATE OR REPLACE VIEW v AS SELECT a FROM t; -- error: cannot drop columns from view (SQLSTATE 42P16)
