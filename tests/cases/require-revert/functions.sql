-- case: migrations/1_m.up.sql, isolated
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
-- case: migrations/1_m.down.sql, isolated
DROP FUNCTION f();
-- case: migrations/2_m.up.sql, isolated
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2';
-- case: migrations/2_m.down.sql, isolated
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 3'; -- error: function `public.f()`
-- case: migrations/3_m.up.sql, isolated
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2';
-- case: migrations/3_m.down.sql, isolated
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2';
