-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (a int);
CREATE TYPE kind AS ENUM ('a');
-- case: db/migration/V2__b.sql, isolated
CREATE TABLE IF NOT EXISTS t (a int);
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'kind') THEN
    CREATE TYPE kind AS ENUM ('a');
  END IF;
END
$$;
DO $$
BEGIN
  CREATE TYPE kind AS ENUM ('a');
EXCEPTION WHEN duplicate_object THEN NULL;
END
$$;
DROP VIEW IF EXISTS missing;
