-- migration: seeds
CREATE TYPE level AS ENUM ('low', 'high');
CREATE DOMAIN email AS text CHECK (VALUE ~ '^[^@]+@[^@]+$');
CREATE TABLE role (id serial PRIMARY KEY, name text NOT NULL UNIQUE, level level DEFAULT 'low', mail email);
CREATE TABLE person (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  role_id integer NOT NULL REFERENCES role (id) ON DELETE CASCADE,
  name varchar(10) NOT NULL CHECK (length(name) > 1),
  age integer CHECK (age >= 0 AND age < 150),
  tags text[] DEFAULT '{}',
  born date,
  double_age integer GENERATED ALWAYS AS (age * 2) STORED,
  created timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX person_name_key ON person (lower(name)) WHERE age IS NOT NULL;
INSERT INTO role (name) VALUES ('admin'), ('user');
INSERT INTO role (name) VALUES ('admin');
INSERT INTO role (name) VALUES ('admin') ON CONFLICT DO NOTHING;
INSERT INTO role (name) VALUES ('admin') ON CONFLICT (name) DO UPDATE SET level = 'high';
INSERT INTO role (name) VALUES ('x') ON CONFLICT (level) DO NOTHING;
INSERT INTO role (id, name) VALUES (1, 'other');
INSERT INTO role (name) VALUES (NULL);
INSERT INTO role (name, level) VALUES ('y', 'middle');
INSERT INTO role (name, mail) VALUES ('z', 'nobody');
INSERT INTO role (name, mail) VALUES ('z', 'a@b');
INSERT INTO person (role_id, name, age) SELECT id, 'Ann', 30 FROM role WHERE name = 'admin';
INSERT INTO person (role_id, name, age) VALUES (2, 'ANN', 31);
INSERT INTO person (role_id, name) VALUES (2, 'ANN');
INSERT INTO person (role_id, name) VALUES (99, 'Bob');
INSERT INTO person (role_id, name) VALUES (2, 'B');
INSERT INTO person (role_id, name) VALUES (2, 'Bobbobbobbob');
INSERT INTO person (role_id, name, age) VALUES (2, 'Bob', 200);
INSERT INTO person (role_id, name, age) VALUES (2, 'Bob', 'x');
INSERT INTO person (role_id, name, age, born) VALUES (2, 'Bob', 20, '2001-02-03'), ((SELECT id FROM role WHERE name = 'user'), 'Cid', 21, NULL);
INSERT INTO person DEFAULT VALUES;
UPDATE person SET age = -1 WHERE name = 'Bob';
UPDATE person SET age = age + 1 WHERE name = 'Bob';
UPDATE person SET role_id = 77;
UPDATE person SET age = 1, age = 2 WHERE name = 'nobody';
UPDATE person SET (age, age) = (1, 2) WHERE name = 'nobody';
UPDATE person SET tags[1] = 'a', tags[2] = 'b' WHERE name = 'nobody';
UPDATE person SET tags[1] = 'a', tags = '{}' WHERE name = 'nobody';
INSERT INTO role (name) VALUES ('admin') ON CONFLICT (name) DO UPDATE SET level = 'high', level = 'low';
UPDATE role SET name = 'admin' WHERE name = 'user';
UPDATE person SET name = 'bob' WHERE name = 'Ann';
UPDATE person p SET name = 'Dee' FROM role r WHERE p.role_id = r.id AND r.name = 'admin';
ALTER TABLE person ALTER COLUMN born SET NOT NULL;
ALTER TABLE person ADD COLUMN code text NOT NULL;
ALTER TABLE person ADD COLUMN code text NOT NULL DEFAULT 'c';
ALTER TABLE person ADD CONSTRAINT code_unique UNIQUE (code);
ALTER TABLE person ADD CONSTRAINT code_short CHECK (length(code) < 1);
ALTER TABLE person ADD CONSTRAINT code_short CHECK (length(code) < 5);
ALTER TABLE person ADD CONSTRAINT code_ok CHECK (code = 'd') NOT VALID;
ALTER TABLE person VALIDATE CONSTRAINT code_ok;
ALTER TABLE person ALTER COLUMN age TYPE bigint;
ALTER TABLE person ALTER COLUMN code TYPE integer USING code::integer;
ALTER TABLE person ALTER COLUMN code TYPE integer USING length(code);
DELETE FROM role WHERE name = 'admin';
DO $$ BEGIN
  IF (SELECT count(*) FROM person) = 3 THEN CREATE TABLE three (a integer); END IF;
  IF NOT EXISTS (SELECT 1 FROM person WHERE name = 'Dee') THEN CREATE TABLE gone (a integer); END IF;
  IF (SELECT max(age) FROM person) = 21 THEN CREATE TABLE oldest (a integer); END IF;
  IF (SELECT string_agg(name, ',' ORDER BY age) FROM person WHERE age IS NOT NULL) = 'Bob,Cid' THEN CREATE TABLE both_there (a integer); END IF;
  IF (SELECT count(*) FROM role r LEFT JOIN person p ON p.role_id = r.id WHERE p.id IS NULL) = 1 THEN CREATE TABLE one_alone (a integer); END IF;
END $$;
TRUNCATE role;
TRUNCATE role CASCADE;
INSERT INTO role (name) VALUES ('again');
TRUNCATE role, person RESTART IDENTITY;
INSERT INTO role (name) VALUES ('first');
INSERT INTO role (id, name) VALUES (1, 'second');
TRUNCATE nothing;

-- migration: triggers
CREATE TABLE doc (id integer PRIMARY KEY, body text, updated timestamptz, slug text NOT NULL);
CREATE TABLE log (id bigint GENERATED ALWAYS AS IDENTITY, doc_id integer NOT NULL, op text CHECK (op <> 'DELETE'));
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.updated := now(); NEW.slug := lower(NEW.body); RETURN NEW; END $$;
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO log (doc_id, op) VALUES (OLD.id, TG_OP); RETURN OLD; END IF;
  INSERT INTO log (doc_id, op) VALUES (NEW.id, TG_OP); RETURN NEW; END $$;
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not %', TG_TABLE_NAME; END $$;
CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON doc FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER note AFTER INSERT OR UPDATE OR DELETE ON doc FOR EACH ROW EXECUTE FUNCTION note();
INSERT INTO doc (id, body) VALUES (1, 'One'), (2, 'Two');
INSERT INTO doc (id) VALUES (3);
UPDATE doc SET body = 'Three' WHERE id = 1;
DELETE FROM doc WHERE id = 2;
ALTER TABLE doc DISABLE TRIGGER note;
DELETE FROM doc WHERE id = 2;
CREATE UNIQUE INDEX doc_slug_key ON doc (slug);
CREATE TRIGGER refuse BEFORE TRUNCATE ON doc FOR EACH STATEMENT EXECUTE FUNCTION refuse();
TRUNCATE doc;
INSERT INTO doc (id, body) VALUES (4, 'three');
DO $$ BEGIN
  IF (SELECT count(*) FROM log) = 3 THEN CREATE TABLE three_logs (a integer); END IF;
  IF (SELECT slug FROM doc WHERE id = 1) = 'three' THEN CREATE TABLE slugged (a integer); END IF;
END $$;

-- migration: functions
CREATE FUNCTION make(name text, n integer DEFAULT 2) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE i integer := 0;
BEGIN
  WHILE i < n LOOP
    EXECUTE format('CREATE TABLE IF NOT EXISTS %I (id integer)', name || '_' || i);
    i := i + 1;
  END LOOP;
  RETURN i;
END $$;
SELECT make('made');
SELECT make('made_more', n => 1);
SELECT make('no', 'x');
CREATE FUNCTION twice(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2';
CREATE PROCEDURE fill(count integer) LANGUAGE plpgsql AS $$ BEGIN
  FOR i IN 1..count LOOP INSERT INTO made_0 VALUES (twice(i)); END LOOP;
END $$;
CALL fill(3);
DO $$ BEGIN
  IF (SELECT sum(id) FROM made_0) = 12 THEN CREATE TABLE twelve_in_all (a integer); END IF;
  PERFORM make('performed', 1);
END $$;
CREATE FUNCTION fails() RETURNS void LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '22012'; END $$;
SELECT fails();
DO $$ BEGIN PERFORM fails(); EXCEPTION WHEN division_by_zero THEN CREATE TABLE caught (a integer); END $$;
CALL nothing();
CALL make('x');
DO $$ DECLARE r record; t text; BEGIN
  FOR r IN SELECT * FROM made_0 ORDER BY id LOOP t := concat(t, r.id, ';'); END LOOP;
  IF t = '2;4;6;' THEN CREATE TABLE in_order (a integer); END IF;
  INSERT INTO made_0 VALUES (1) RETURNING id INTO t;
  GET DIAGNOSTICS t = ROW_COUNT;
  IF t = '1' THEN CREATE TABLE counted (a integer); END IF;
  DELETE FROM made_0 WHERE id > 3;
  IF FOUND THEN CREATE TABLE found_some (a integer); END IF;
  UPDATE made_0 SET id = 9 WHERE id = 100;
  IF NOT FOUND THEN CREATE TABLE found_none (a integer); END IF;
END $$;
WITH gone AS (DELETE FROM made_0 RETURNING id) INSERT INTO made_1 SELECT id FROM gone;
DO $$ BEGIN IF (SELECT count(*) FROM made_1) = 2 AND NOT EXISTS (TABLE made_0) THEN CREATE TABLE moved (a integer); END IF; END $$;

-- migration: deferred
CREATE TABLE parent (id integer PRIMARY KEY);
CREATE TABLE child (id integer PRIMARY KEY, parent_id integer REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED);
BEGIN;
INSERT INTO child VALUES (1, 1);
INSERT INTO parent VALUES (1);
COMMIT;
BEGIN;
INSERT INTO child VALUES (2, 2);
COMMIT;
BEGIN;
SET CONSTRAINTS ALL IMMEDIATE;
INSERT INTO child VALUES (3, 3);
ROLLBACK;

-- migration: only a table, and not its children
CREATE TABLE above (n integer);
CREATE TABLE below () INHERITS (above);
INSERT INTO below VALUES (2);
CREATE TABLE spread (n integer) PARTITION BY LIST (n);
CREATE TABLE spread_1 PARTITION OF spread FOR VALUES IN (1);

-- migration: what is below stays
TRUNCATE ONLY above;
ALTER TABLE above ADD CONSTRAINT more CHECK (n > 5);
TRUNCATE ONLY spread;
TRUNCATE ONLY spread_1;
TRUNCATE above;
ALTER TABLE above ADD CONSTRAINT more CHECK (n > 5);
