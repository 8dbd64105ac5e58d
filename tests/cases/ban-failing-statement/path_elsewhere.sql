-- case: db/migration/V1__a.sql, isolated
-- No file makes the schema that the path names, so it is taken to be there.
SET search_path = tenant;
CREATE TABLE t (a int PRIMARY KEY);
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT a FROM t';
-- case: db/migration/V2__b.sql, isolated
SET search_path = tenant;
ALTER TABLE t ADD COLUMN b int;
ALTER TABLE older ADD COLUMN b int;
CREATE TABLE tenant.t (a int); -- error: already exists
-- case: db/migration/V3__c.sql, isolated
SET search_path = '';
CREATE TABLE u (a int PRIMARY KEY); -- error: no schema has been selected to create in
