-- migration: types
DO $$ BEGIN CREATE TYPE status AS ENUM ('a', 'b'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN CREATE TYPE status AS ENUM ('a', 'b'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'kind') THEN CREATE TYPE kind AS ENUM ('x'); END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'status') THEN CREATE TYPE status AS ENUM ('x'); END IF; END $$;
DO $$ BEGIN CREATE TYPE status AS ENUM ('a'); EXCEPTION WHEN duplicate_table THEN NULL; END $$;
DO $$ BEGIN CREATE TYPE status AS ENUM ('a'); EXCEPTION WHEN others THEN RAISE NOTICE 'there'; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typname = 'level' AND n.nspname = 'public') THEN CREATE TYPE public.level AS ENUM ('low'); END IF; END $$;
DO $$ BEGIN IF to_regtype('public.level') IS NULL THEN CREATE TYPE level AS ENUM ('x'); END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid WHERE t.typname = 'level' AND e.enumlabel = 'high') THEN ALTER TYPE level ADD VALUE 'high'; END IF; END $$;
-- down
DROP TYPE status, kind, level;

-- migration: tables and columns
CREATE TABLE t (id integer PRIMARY KEY, a integer);
DO $$ BEGIN IF NOT EXISTS (SELECT FROM information_schema.columns WHERE table_name = 't' AND column_name = 'b') THEN ALTER TABLE t ADD COLUMN b text; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 't' AND column_name = 'b') THEN ALTER TABLE t ADD COLUMN b text; END IF; END $$;
DO $$ BEGIN ALTER TABLE t ADD COLUMN b text; EXCEPTION WHEN duplicate_column THEN NULL; END $$;
DO $$ BEGIN ALTER TABLE t ADD COLUMN b text; EXCEPTION WHEN undefined_column THEN NULL; END $$;
DO $$ BEGIN IF EXISTS (SELECT 1 FROM information_schema.tables WHERE table_name = 'nothing') THEN DROP TABLE nothing; END IF; END $$;
DO $$ BEGIN IF to_regclass('public.t') IS NOT NULL THEN ALTER TABLE t ADD COLUMN c integer; END IF; END $$;
DO $$ BEGIN IF to_regclass('public.nothing') IS NULL THEN CREATE TABLE made (a integer); ELSE RAISE EXCEPTION 'no'; END IF; END $$;
DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_class WHERE relname = 'made') THEN DROP TABLE made; END IF; END $$;
DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = 't'::regclass AND attname = 'c' AND NOT attisdropped) THEN ALTER TABLE t RENAME COLUMN c TO cc; END IF; END $$;
DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND tablename = 't') THEN COMMENT ON TABLE t IS 'there'; END IF; END $$;
DO $$ BEGIN RENAME; END $$;
DO $$ BEGIN ALTER TABLE t RENAME COLUMN a TO aa; EXCEPTION WHEN undefined_column THEN NULL; END $$;
DO $$ BEGIN ALTER TABLE t RENAME COLUMN a TO aa; EXCEPTION WHEN undefined_column THEN NULL; END $$;
-- down
DROP TABLE t;

-- migration: constraints and indexes
CREATE TABLE u (id integer PRIMARY KEY, v_id integer);
CREATE TABLE v (id integer PRIMARY KEY);
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'u_v_fk') THEN ALTER TABLE u ADD CONSTRAINT u_v_fk FOREIGN KEY (v_id) REFERENCES v; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'u_v_fk') THEN ALTER TABLE u ADD CONSTRAINT u_v_fk FOREIGN KEY (v_id) REFERENCES v; END IF; END $$;
DO $$ BEGIN ALTER TABLE u ADD CONSTRAINT u_v_fk FOREIGN KEY (v_id) REFERENCES v; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN ALTER TABLE u ADD CONSTRAINT u_pos CHECK (v_id > 0); EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM information_schema.table_constraints WHERE constraint_name = 'u_un' AND table_name = 'u') THEN ALTER TABLE u ADD CONSTRAINT u_un UNIQUE (v_id); END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_indexes WHERE indexname = 'u_i') THEN CREATE INDEX u_i ON u (v_id); END IF; END $$;
DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_indexes WHERE indexname = 'u_i') THEN DROP INDEX u_i; END IF; END $$;
DO $$ BEGIN ALTER TABLE u ADD CONSTRAINT u_un UNIQUE (v_id); EXCEPTION WHEN duplicate_table OR duplicate_object THEN NULL; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 'u_t') THEN CREATE TRIGGER u_t BEFORE INSERT ON u FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger(); END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_policies WHERE policyname = 'p' AND tablename = 'u') THEN CREATE POLICY p ON u USING (true); END IF; END $$;
DO $$ BEGIN CREATE POLICY p ON u USING (true); EXCEPTION WHEN duplicate_object THEN NULL; END $$;
-- down
DROP TABLE u, v;

-- migration: roles and schemas
DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'guarded') THEN CREATE ROLE guarded; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'guarded') THEN CREATE ROLE guarded; END IF; END $$;
DO $$ BEGIN CREATE ROLE guarded; EXCEPTION WHEN duplicate_object THEN RAISE NOTICE 'exists'; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = 'gs') THEN CREATE SCHEMA gs; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM information_schema.schemata WHERE schema_name = 'gs') THEN CREATE SCHEMA gs; END IF; END $$;
DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'nothing') THEN GRANT USAGE ON SCHEMA gs TO nothing; END IF; END $$;
DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'guarded') THEN GRANT USAGE ON SCHEMA gs TO guarded; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'citext') THEN CREATE EXTENSION citext; END IF; END $$;
DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_proc WHERE proname = 'nothing') THEN DROP FUNCTION nothing; END IF; END $$;

-- migration: dynamic
CREATE TABLE dy (a integer);
DO $$ BEGIN EXECUTE 'ALTER TABLE dy ADD COLUMN b integer'; END $$;
DO $$ BEGIN EXECUTE format('ALTER TABLE %I ADD COLUMN %I text', 'dy', 'c'); END $$;
DO $$ DECLARE n text := 'd'; BEGIN EXECUTE 'ALTER TABLE dy ADD COLUMN ' || quote_ident(n) || ' date'; END $$;
DO $$ DECLARE n text; BEGIN FOREACH n IN ARRAY ARRAY['e', 'f'] LOOP EXECUTE format('ALTER TABLE dy ADD COLUMN %I integer', n); END LOOP; END $$;
DO $$ BEGIN FOR i IN 1..3 LOOP EXECUTE format('CREATE TABLE dy_%s (a integer)', i); END LOOP; END $$;
DO $$ DECLARE r record; BEGIN FOR r IN SELECT tablename FROM pg_tables WHERE tablename LIKE 'dy\_%' LOOP EXECUTE 'DROP TABLE ' || quote_ident(r.tablename); END LOOP; END $$;
DO $$ BEGIN EXECUTE 'ALTER TABLE dy ADD COLUMN b integer'; END $$;
DO $$ BEGIN EXECUTE 'SELEC 1'; END $$;
DO $$ BEGIN RAISE EXCEPTION 'stop'; END $$;
DO $$ BEGIN RAISE EXCEPTION 'stop' USING ERRCODE = 'P0002'; END $$;
DO $$ BEGIN RAISE division_by_zero; END $$;
DO $$ BEGIN PERFORM 1 / 0; END $$;
DO $$ BEGIN PERFORM nothing(); END $$;
DO $$ BEGIN ASSERT false, 'wrong'; END $$;
DO $$ BEGIN ASSERT 1 = 1; END $$;
DO $$ DECLARE x integer := 'a'; BEGIN NULL; END $$;
DO $$ BEGIN IF true THEN NULL; END; END $$;
DO LANGUAGE nothing 'x';
DO LANGUAGE sql 'SELECT 1';
DO $$ DECLARE n integer; BEGIN SELECT count(*) INTO n FROM dy; IF n > 0 THEN RAISE EXCEPTION 'rows'; END IF; ALTER TABLE dy ADD COLUMN g integer NOT NULL; END $$;
DO $$ BEGIN CREATE TABLE dyx (a integer); RAISE EXCEPTION 'undo'; EXCEPTION WHEN raise_exception THEN NULL; END $$;
SELECT * FROM dyx;
DO $$ BEGIN CREATE TABLE dyx (a integer); BEGIN CREATE TABLE dyy (a integer); CREATE TABLE dyx (a integer); EXCEPTION WHEN duplicate_table THEN ALTER TABLE dyx ADD COLUMN caught integer; END; END $$;
SELECT caught FROM dyx;
SELECT * FROM dyy;
-- down
DROP TABLE dy, dyx;

-- migration: functions that migrate
CREATE FUNCTION add_column(t text, c text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE format('ALTER TABLE %I ADD COLUMN %I timestamptz', t, c); END $$;
CREATE TABLE fm (a integer);
SELECT add_column('fm', 'created_at');
SELECT add_column('fm', 'created_at');
SELECT add_column('nothing', 'created_at');
SELECT add_column('fm', 'updated_at'), add_column('fm', 'deleted_at');
CREATE FUNCTION make() RETURNS void LANGUAGE sql AS 'CREATE TABLE made_by_function (a integer)';
SELECT make();
SELECT make();
-- down
DROP TABLE fm, made_by_function;
DROP FUNCTION add_column, make;

-- migration: transactions
BEGIN;
CREATE TABLE tx (a integer);
SAVEPOINT s;
CREATE TABLE tx (a integer);
CREATE TABLE tx2 (a integer);
ROLLBACK TO s;
CREATE TABLE tx2 (a integer);
RELEASE s;
RELEASE s;
ROLLBACK TO nothing;
COMMIT;
SELECT * FROM tx;
SAVEPOINT outside;
ROLLBACK;
COMMIT;
BEGIN;
BEGIN;
CREATE TABLE tx (a integer);
COMMIT;
BEGIN; CREATE TABLE tx3 (a integer) ; ROLLBACK AND CHAIN; CREATE TABLE tx4 (a integer); COMMIT;
SELECT * FROM tx3;
SELECT * FROM tx4;
START TRANSACTION ISOLATION LEVEL SERIALIZABLE READ ONLY;
CREATE TABLE tx5 (a integer);
ROLLBACK;
LOCK TABLE tx;
BEGIN; LOCK TABLE tx IN SHARE MODE; LOCK TABLE nothing; ROLLBACK;
VACUUM tx;
BEGIN; VACUUM tx; ROLLBACK;
ALTER SYSTEM SET nothing = 1;
PREPARE ps AS SELECT 1;
PREPARE ps AS SELECT 1;
EXECUTE ps;
EXECUTE nothing;
DEALLOCATE ps;
DEALLOCATE ps;
DECLARE cur CURSOR FOR SELECT 1;
CLOSE nothing;
LISTEN x;
NOTIFY x, 'y';
SET CONSTRAINTS ALL DEFERRED;
SET CONSTRAINTS nothing DEFERRED;
DISCARD ALL;
CHECKPOINT;
ANALYZE;
ANALYZE nothing;
EXPLAIN SELECT 1;
EXPLAIN SELECT nothing;
-- down
DROP TABLE tx, tx4;

-- migration: deferred
CREATE TABLE dp (id integer PRIMARY KEY);
CREATE TABLE dd (id integer REFERENCES dp DEFERRABLE INITIALLY DEFERRED);
BEGIN;
INSERT INTO dd VALUES (1);
ALTER TABLE dd ADD COLUMN x integer;
ROLLBACK;
BEGIN;
INSERT INTO dd VALUES (1);
INSERT INTO dp VALUES (1);
COMMIT;
BEGIN;
INSERT INTO dd VALUES (2);
COMMIT;
BEGIN;
INSERT INTO dd VALUES (2);
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK;
-- down
DROP TABLE dd, dp;

-- migration: syntax
CREATE TABEL x (a integer);
CREATE TABLE x (a integer,);
CREATE TABLE x a integer);
ALTER TABLE;
SELECT FROM WHERE;
CREATE INDEX IF NOT EXISTS ON x (a);
CREATE POLICY IF NOT EXISTS p ON x;
CREATE TABLE x (a integer, INDEX (a));
CREATE TABLE x (a integer AUTO_INCREMENT);
DROP TABEL x;
CREATE TYPE IF NOT EXISTS x AS ENUM ('a');
ALTER TABLE x ADD CONSTRAINT IF NOT EXISTS y CHECK (true);
CREATE TRIGGER IF NOT EXISTS x BEFORE INSERT ON y EXECUTE FUNCTION z();
