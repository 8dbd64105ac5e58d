-- case: db/migration/V1__a.sql, isolated
CREATE SCHEMA s;
-- case: db/migration/V2__b.sql, isolated
CREATE SCHEMA s; -- error: schema "s" already exists (SQLSTATE 42P06)
