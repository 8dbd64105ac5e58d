-- migration: guards over catalogs
CREATE SCHEMA app;
CREATE TYPE app.mood AS ENUM ('sad', 'ok');
CREATE TABLE app.item (id integer PRIMARY KEY, name text NOT NULL, mood app.mood, price numeric(10, 2) DEFAULT 0, label varchar(20));
CREATE INDEX item_name_idx ON app.item (name);
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'mood') THEN CREATE TYPE app.mood AS ENUM ('x'); END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typname = 'kind' AND n.nspname = 'app') THEN
    CREATE TYPE app.kind AS ENUM ('a', 'b');
  END IF;
END $$;
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_class c, pg_namespace n WHERE c.relnamespace = n.oid AND n.nspname = 'app' AND c.relname = 'other' AND c.relkind = 'r') THEN
    CREATE TABLE app.other (id bigint, item_id integer);
  END IF;
  IF to_regclass('app.other') IS NOT NULL THEN CREATE TABLE app.third (a integer); END IF;
  IF to_regclass('app.nothing') IS NULL THEN CREATE TABLE app.fourth (a integer); END IF;
  IF to_regtype('app.mood') IS NULL THEN CREATE TABLE app.never (a integer); END IF;
  IF (SELECT count(*) FROM information_schema.tables WHERE table_schema = 'app') = 4 THEN CREATE TABLE app.four (a integer); END IF;
END $$;
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = 'app' AND table_name = 'item' AND column_name = 'price' AND data_type = 'numeric' AND numeric_precision = 10) THEN
    CREATE TABLE app.has_price (a integer);
  END IF;
  IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = 'app' AND table_name = 'item' AND column_name = 'gone') THEN
    CREATE TABLE app.has_no_gone (a integer);
  END IF;
  IF EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = 'app.item'::regclass AND attname = 'label' AND NOT attisdropped) THEN
    CREATE TABLE app.has_label (a integer);
  END IF;
  IF EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = 'app.item'::regclass AND attname = 'mood' AND atttypid = 'app.mood'::regtype AND attnum > 0) THEN
    CREATE TABLE app.has_mood (a integer);
  END IF;
  IF EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'item_pkey' AND conrelid = 'app.item'::regclass AND contype = 'p') THEN
    CREATE TABLE app.has_key (a integer);
  END IF;
  IF EXISTS (SELECT 1 FROM pg_indexes WHERE schemaname = 'app' AND tablename = 'item' AND indexname = 'item_name_idx') THEN
    CREATE TABLE app.has_index (a integer);
  END IF;
  IF EXISTS (SELECT 1 FROM information_schema.table_constraints WHERE constraint_name = 'item_pkey' AND table_name = 'item' AND constraint_type = 'PRIMARY KEY') THEN
    CREATE TABLE app.has_standard_key (a integer);
  END IF;
  IF EXISTS (SELECT 1 FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid WHERE t.typname = 'mood' AND e.enumlabel = 'ok') THEN
    CREATE TABLE app.has_ok (a integer);
  END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_enum WHERE enumlabel = 'happy' AND enumtypid = (SELECT oid FROM pg_type WHERE typname = 'mood')) THEN
    CREATE TABLE app.has_no_happy (a integer);
  END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'nobody_there') AND EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'postgres') THEN
    CREATE TABLE app.has_roles (a integer);
  END IF;
  IF EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'plpgsql') AND NOT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'hstore') THEN
    CREATE TABLE app.has_extension (a integer);
  END IF;
  IF current_setting('server_version_num')::int >= 150000 AND current_setting('server_version_num')::int < 160000 THEN
    CREATE TABLE app.is_fifteen (a integer);
  END IF;
END $$;
DO $$ BEGIN CREATE TYPE app.mood AS ENUM ('x'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN CREATE TABLE app.item (a integer); EXCEPTION WHEN duplicate_table THEN RAISE NOTICE 'there'; END $$;
DO $$ BEGIN CREATE TABLE app.item (a integer); EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN CREATE TABLE app.undone (a integer); CREATE TABLE app.item (a integer); EXCEPTION WHEN OTHERS THEN CREATE TABLE app.handled (a integer); END $$;
DO $$ BEGIN RAISE EXCEPTION 'no'; END $$;
DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = 'check_violation'; END $$;
DO $$ BEGIN RAISE unique_violation; END $$;
DO $$ BEGIN RAISE SQLSTATE 'AB123'; END $$;
DO $$ BEGIN ASSERT 1 = 2; END $$;
DO $$ BEGIN PERFORM 1/0; END $$;
DO $$ BEGIN PERFORM 1/0; EXCEPTION WHEN division_by_zero THEN CREATE TABLE app.divided (a integer); END $$;

-- migration: dynamic
DO $$
DECLARE
  t text;
  r record;
  n integer := 0;
BEGIN
  FOREACH t IN ARRAY ARRAY['a1', 'A 2', 'a3'] LOOP
    EXECUTE format('CREATE TABLE app.%I (id integer, note text DEFAULT %L)', t, 'it''s');
  END LOOP;
  FOR r IN SELECT table_name FROM information_schema.tables WHERE table_schema = 'app' AND table_name LIKE 'has\_%' ORDER BY table_name LOOP
    EXECUTE 'DROP TABLE app.' || quote_ident(r.table_name);
    n := n + 1;
  END LOOP;
  IF n = 12 THEN EXECUTE 'CREATE TABLE app.twelve (a integer)'; END IF;
  FOR i IN 1..3 LOOP
    CONTINUE WHEN i = 2;
    EXECUTE 'CREATE TABLE app.number_' || i || ' (a integer)';
  END LOOP;
  FOR i IN REVERSE 3..1 BY 2 LOOP
    EXECUTE 'CREATE TABLE app.reverse_' || i || ' (a integer)';
  END LOOP;
  WHILE n > 9 LOOP n := n - 1; EXIT WHEN n = 10; END LOOP;
  EXECUTE format('CREATE TABLE app.left_%s (a integer)', n);
END $$;
DO $$
DECLARE
  c integer;
  name text;
BEGIN
  SELECT count(*) INTO c FROM pg_tables WHERE schemaname = 'app' AND tablename LIKE 'number%';
  IF c = 2 THEN CREATE TABLE app.two (a integer); END IF;
  SELECT conname INTO name FROM pg_constraint WHERE conrelid = 'app.item'::regclass AND contype = 'p';
  IF FOUND THEN EXECUTE format('CREATE TABLE app.%I (a integer)', name || '_found'); END IF;
  SELECT conname INTO STRICT name FROM pg_constraint WHERE conrelid = 'app.item'::regclass AND contype = 'f';
END $$;
DO $$
DECLARE name text;
BEGIN
  SELECT conname INTO name FROM pg_constraint WHERE conrelid = 'app.item'::regclass AND contype = 'f';
  IF NOT FOUND THEN CREATE TABLE app.no_foreign (a integer); END IF;
  IF name IS NULL THEN CREATE TABLE app.no_name (a integer); END IF;
  EXECUTE 'SELECT 1 WHERE false' INTO name;
  CASE name WHEN 'a' THEN NULL; ELSE CREATE TABLE app.other_case (a integer); END CASE;
END $$;
DO $$ DECLARE table_name text := 'item'; BEGIN PERFORM 1 FROM information_schema.tables WHERE table_name = table_name; END $$;
DO $$ BEGIN PERFORM no_such_function(); END $$;
DO $$ BEGIN IF EXISTS (SELECT 1 FROM app.nothing) THEN NULL; END IF; END $$;
DO $$ DECLARE x app.nothing%ROWTYPE; BEGIN NULL; END $$;
DO $$ DECLARE x no_such_type; BEGIN NULL; END $$;
DO $$ DECLARE x integer; BEGIN x := 'a'; END $$;
DO $$ DECLARE x varchar(2); BEGIN x := 'abc'; END $$;
DO $$ DECLARE x integer NOT NULL := NULL; BEGIN NULL; END $$;
DO $$ BEGIN SELECT 1; END $$;
DO $$ BEGIN EXECUTE NULL; END $$;
DO $$ BEGIN EXECUTE 'CREATE TABLE app.item (a integer)'; END $$;
DO $$ BEGIN EXECUTE 'SELEC'; END $$;
DO $$ BEGIN SELEC; END $$;
DO $$ BEGIN CREATE INDEX CONCURRENTLY ON app.item (mood); END $$;
DO $$ BEGIN SET LOCAL search_path = app; CREATE TABLE in_app (a integer); END $$;
DO $$ BEGIN PERFORM set_config('search_path', 'app', true); CREATE TABLE in_app_too (a integer); END $$;
SELECT set_config('search_path', 'app', false);
CREATE TABLE in_app_last (a integer);
SELECT 1/0;
SELECT 'x'::integer;
SELECT * FROM nothing;
SELECT count(*) FROM app.item WHERE id = 1;
