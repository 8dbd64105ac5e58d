-- case: db/migration/V1__a.sql, isolated
-- A schema that no file makes is assumed to be there where nothing else is on the path.
SET search_path = app;
CREATE TABLE t (a int);
-- case: db/migration/V2__b.sql, isolated
SET search_path TO app, "$user";
ALTER TABLE t ADD COLUMN b int;
-- case: db/migration/V3__c.sql, isolated
SET search_path = later;
CREATE TABLE t (a int); -- error: no schema has been selected to create in (SQLSTATE 3F000)
-- case: db/migration/V4__d.sql, isolated
CREATE SCHEMA later;
