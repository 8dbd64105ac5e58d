-- case: db/migration/V1__a.sql, isolated
CREATE TYPE kind AS ENUM ('a');
CREATE TABLE t (k kind);
-- case: db/migration/V2__b.sql, isolated
BEGIN;
ALTER TYPE kind ADD VALUE 'b';
ALTER TABLE t ALTER COLUMN k SET DEFAULT 'b'; -- error: unsafe use of new value "b" of enum type kind (SQLSTATE 55P04)
COMMIT;
