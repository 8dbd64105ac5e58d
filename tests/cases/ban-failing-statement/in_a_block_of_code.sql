-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (a int);
-- case: db/migration/V2__b.sql, isolated
DO $$
BEGIN
  IF to_regclass('t') IS NOT NULL THEN
    CREATE TABLE t (a int); -- error: relation "t" already exists (SQLSTATE 42P07)
  END IF;
END
$$;
