-- case: 001_a.sql, isolated
CREATE FUNCTION a() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION b() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = '' AS 'SELECT 1';
CREATE FUNCTION c() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = '' AS 'SELECT 1';
-- case: 002_b.sql, isolated
ALTER FUNCTION a() SECURITY DEFINER; -- warning: `a` runs with the rights of its owner
ALTER FUNCTION a() COST 5;
ALTER FUNCTION b() RESET search_path; -- warning: `b` runs with the rights of its owner
CREATE OR REPLACE FUNCTION c() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 2'; -- warning: `c` runs with the rights of its owner
