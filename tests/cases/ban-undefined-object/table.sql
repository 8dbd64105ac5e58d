-- case: db/migration/V1__a.sql
CREATE TABLE t (a int);
CREATE INDEX i ON tt (a); -- error: no migration creates `tt`: relation "tt" does not exist (SQLSTATE 42P01)
