-- case: db/migration/V1__a.sql, isolated
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
-- case: db/migration/V2__b.sql, isolated
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2'; -- error: function "f" already exists with same argument types (SQLSTATE 42723)
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 2';
