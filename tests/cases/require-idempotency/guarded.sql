CREATE TABLE IF NOT EXISTS marketing.a (id INT);
CREATE INDEX IF NOT EXISTS idx_a ON marketing.a (id);
CREATE OR REPLACE VIEW marketing.v AS SELECT 1;
CREATE OR REPLACE FUNCTION marketing.f() RETURNS INT LANGUAGE sql AS 'SELECT 1';
CREATE OR REPLACE TRIGGER t BEFORE UPDATE ON marketing.a FOR EACH ROW EXECUTE FUNCTION g();
DROP TRIGGER IF EXISTS t2 ON marketing.a;
CREATE TRIGGER t2 BEFORE UPDATE ON marketing.a FOR EACH ROW EXECUTE FUNCTION g();
DROP POLICY IF EXISTS p ON marketing.a;
CREATE POLICY p ON marketing.a USING (true);
ALTER TABLE marketing.a DROP CONSTRAINT IF EXISTS c;
ALTER TABLE marketing.a ADD CONSTRAINT c CHECK (id > 0);
ALTER TABLE marketing.a DROP CONSTRAINT IF EXISTS d, ADD CONSTRAINT d CHECK (id < 9);
ALTER TABLE marketing.a DROP CONSTRAINT IF EXISTS a_id_key;
ALTER TABLE marketing.a ADD UNIQUE (id);
ALTER TABLE marketing.a ADD COLUMN IF NOT EXISTS b INT REFERENCES marketing.b (id);
ALTER TYPE marketing.kind ADD VALUE IF NOT EXISTS 'x' BEFORE 'y';

DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'kind2') THEN
    CREATE TYPE marketing.kind2 AS ENUM ('a');
  END IF;
  IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'a' AND column_name = 'old') THEN
    ALTER TABLE marketing.a RENAME COLUMN old TO new;
  END IF;
END
$$;

DO $$
BEGIN
  CREATE ROLE reader;
EXCEPTION
  WHEN duplicate_object THEN
    RAISE NOTICE 'role is there';
END
$$;

DO $$
BEGIN
  BEGIN
    CREATE TYPE marketing.kind3 AS ENUM ('a');
  EXCEPTION WHEN OTHERS THEN NULL;
  END;
  BEGIN
    CREATE TABLE marketing.z (id INT);
  EXCEPTION WHEN SQLSTATE '42P07' THEN NULL;
  END;
  BEGIN
    EXECUTE 'CREATE DOMAIN marketing.dom AS INT';
  EXCEPTION WHEN syntax_error_or_access_rule_violation THEN NULL;
  END;
END
$$;

DO $$
BEGIN
  IF to_regclass('marketing.y') IS NOT NULL THEN
    RETURN;
  END IF;
  CREATE TABLE marketing.y (id INT);
END
$$;

DO $$
DECLARE
  name TEXT;
BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'marketing' LOOP
    EXECUTE format('ALTER TABLE marketing.%I ADD COLUMN note TEXT', name);
  END LOOP;
END
$$;
