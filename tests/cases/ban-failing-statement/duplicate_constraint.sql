-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (a int CONSTRAINT c CHECK (a > 0));
-- case: db/migration/V2__b.sql, isolated
ALTER TABLE t ADD CONSTRAINT c CHECK (a < 9); -- error: constraint "c" for relation "t" already exists (SQLSTATE 42710)
