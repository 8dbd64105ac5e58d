-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (a int);
ALTER TABLE t ADD COLUMN b int;
-- case: db/migration/V2__b.sql, isolated
ALTER TABLE t ADD COLUMN b int; -- error: column "b" of relation "t" already exists (SQLSTATE 42701)
