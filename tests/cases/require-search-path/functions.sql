-- case: 001_a.sql, isolated
CREATE FUNCTION a() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'; -- warning: `a` runs with the rights of its owner
CREATE FUNCTION b() RETURNS int LANGUAGE sql SECURITY DEFINER RETURN 1;
CREATE FUNCTION c() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
CREATE FUNCTION d() RETURNS int LANGUAGE sql AS 'SELECT 1';
-- case: 002_b.sql, isolated
ALTER FUNCTION c() SET search_path = '';
