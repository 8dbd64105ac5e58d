-- Casts.
CREATE CAST (text AS int) WITH FUNCTION f(text);
CREATE CAST (marketing.a AS int[]) WITH FUNCTION marketing.f(marketing.a, int, boolean) AS ASSIGNMENT;
CREATE CAST (text AS varchar(10)) WITH FUNCTION f AS IMPLICIT;
CREATE CAST (a AS b) WITHOUT FUNCTION;
CREATE CAST (a AS b) WITHOUT FUNCTION AS IMPLICIT;
CREATE CAST (a AS b) WITH INOUT;
CREATE CAST (a AS b) WITH INOUT AS ASSIGNMENT;
DROP CAST (text AS int);
DROP CAST IF EXISTS (marketing.a AS timestamp with time zone) CASCADE;
-- rejected
CREATE CAST (text AS int);
-- rejected
CREATE CAST text AS int WITH INOUT;
-- rejected
CREATE CAST (text, int) WITH INOUT;
-- rejected
CREATE CAST (text AS int) WITHOUT INOUT;
-- rejected
CREATE CAST (text AS int) WITH INOUT AS EXPLICIT;
-- rejected
CREATE OR REPLACE CAST (text AS int) WITH INOUT;
-- rejected
DROP CAST text AS int;
