-- case: db/migration/V1__a.sql, isolated
ALTER TABLE legacy ADD COLUMN a int;
CREATE INDEX i ON legacy (a, b);
CREATE VIEW v AS SELECT x FROM other;
-- case: db/migration/V2__b.sql, isolated
ALTER TABLE legacy ADD COLUMN a int; -- error: column "a" of relation "legacy" already exists (SQLSTATE 42701)
