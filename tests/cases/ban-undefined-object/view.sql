-- case: db/migration/V1__a.sql
DROP VIEW v; -- error: no migration creates `v`: view "v" does not exist (SQLSTATE 42P01)
-- case: db/migration/V2__b.sql
DROP VIEW IF EXISTS v;
