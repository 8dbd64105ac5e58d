DO $$
BEGIN
  IF false THEN
    CREAT TABLE t (); -- error: found `CREAT`
  END IF;
END
$$;

DO $$ BEGIN PERFORM 1 END $$; -- error: expected

CREATE FUNCTION f() RETURNS INT LANGUAGE sql AS 'SELEC 1'; -- error: found `SELEC`

CREATE FUNCTION g() RETURNS INT LANGUAGE plpgsql AS '
BEGIN
  RAISE NOTICE ''% %'', 1; -- error: placeholder
  RETURN 1;
END';

CREATE FUNCTION h() RETURNS VOID LANGUAGE plpython3u AS $$ import os $$;

DO $$
BEGIN
  EXECUTE 'CREATE TABLE t (a INT,)'; -- error: found `)`
  BEGIN
    EXECUTE 'SELEC 1';
  EXCEPTION WHEN syntax_error THEN NULL;
  END;
  CREATE FUNCTION i() RETURNS INT LANGUAGE sql AS 'SELEC 1'; -- error: found `SELEC`
END
$$;

CREATE FUNCTION j() RETURNS VOID LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE 'SELEC 1';
END
$$;

SET check_function_bodies = off;
CREATE FUNCTION k() RETURNS INT LANGUAGE sql AS 'SELEC 1';
DO $$ BEGIN CREAT; END $$;
DO $$ BEGI $$; -- error: expected
