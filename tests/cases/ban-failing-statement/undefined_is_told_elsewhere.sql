-- case: db/migration/V1__a.sql
CREATE TABLE t (a int);
ALTER TABLE t DROP CONSTRAINT c; -- error: constraint "c" of relation "t" does not exist (SQLSTATE 42704)
