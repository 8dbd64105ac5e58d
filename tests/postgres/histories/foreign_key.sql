-- migration: start
CREATE TABLE a (id integer PRIMARY KEY, code text UNIQUE, n integer, UNIQUE (id, code));
CREATE TABLE b (id bigint PRIMARY KEY);
-- down
DROP TABLE a, b;

-- migration: inline
CREATE TABLE f1 (a_id integer REFERENCES a, a_code text REFERENCES a (code) ON DELETE CASCADE ON UPDATE SET NULL);
CREATE TABLE f2 (a_id integer REFERENCES a (n));
CREATE TABLE f3 (a_id text REFERENCES a);
CREATE TABLE f4 (a_id bigint REFERENCES a);
CREATE TABLE f5 (a_id integer REFERENCES nothing);
CREATE TABLE f6 (a_id integer REFERENCES a (nothing));
CREATE TABLE f7 (a_id integer, a_code text, FOREIGN KEY (a_id, a_code) REFERENCES a (id, code) MATCH FULL);
CREATE TABLE f8 (a_id integer, a_code text, FOREIGN KEY (a_id, a_code) REFERENCES a);
CREATE TABLE f9 (a_id integer, FOREIGN KEY (nothing) REFERENCES a);
CREATE TABLE f10 (a_id integer, a_code text, FOREIGN KEY (a_code, a_id) REFERENCES a (code, id));
CREATE TABLE f11 (id integer PRIMARY KEY, parent integer REFERENCES f11 ON DELETE RESTRICT);
CREATE TABLE f12 (a_id integer REFERENCES a DEFERRABLE INITIALLY DEFERRED, b_id integer REFERENCES a NOT DEFERRABLE);
CREATE TABLE f13 (a_id integer REFERENCES a (id) MATCH PARTIAL);
CREATE TABLE f14 (x integer, y integer, FOREIGN KEY (x, y) REFERENCES a (id));
CREATE TABLE f15 (a_id numeric REFERENCES a);
CREATE TABLE f16 (a_id varchar(10) REFERENCES a (code));
CREATE TABLE f17 (a_id integer DEFAULT 0 REFERENCES a ON DELETE SET DEFAULT, z integer, FOREIGN KEY (a_id, z) REFERENCES a (id, n));
-- down
DROP TABLE f1, f4, f7, f10, f11, f12, f15, f16;

-- migration: alter
CREATE TABLE g (id serial PRIMARY KEY, a_id integer, b_id integer, code text);
ALTER TABLE g ADD FOREIGN KEY (a_id) REFERENCES a;
ALTER TABLE g ADD FOREIGN KEY (a_id) REFERENCES a;
ALTER TABLE g ADD CONSTRAINT g_b FOREIGN KEY (b_id) REFERENCES b (id) ON DELETE SET NULL NOT VALID;
ALTER TABLE g VALIDATE CONSTRAINT g_b;
ALTER TABLE g ADD CONSTRAINT g_b FOREIGN KEY (code) REFERENCES a (code);
ALTER TABLE g ALTER CONSTRAINT g_b DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE g ALTER CONSTRAINT g_b NOT DEFERRABLE;
ALTER TABLE g ADD FOREIGN KEY (code) REFERENCES b;
ALTER TABLE g ADD FOREIGN KEY (a_id) REFERENCES g;
ALTER TABLE g ADD CONSTRAINT partly FOREIGN KEY (a_id, code) REFERENCES a (id, code) ON DELETE SET NULL (code);
ALTER TABLE g DROP CONSTRAINT g_a_id_fkey1;
DROP TABLE a;
DROP TABLE b;
ALTER TABLE a DROP CONSTRAINT a_pkey;
ALTER TABLE a DROP CONSTRAINT a_code_key;
ALTER TABLE a DROP CONSTRAINT a_pkey CASCADE;
ALTER TABLE a DROP COLUMN code;
ALTER TABLE a ADD PRIMARY KEY (id);
-- down
DROP TABLE g;

-- migration: rows
CREATE TABLE parent (id integer PRIMARY KEY, name text UNIQUE);
CREATE TABLE child (id integer PRIMARY KEY, parent_id integer);
INSERT INTO parent VALUES (1, 'one'), (2, 'two');
INSERT INTO child VALUES (1, 1), (2, 2), (3, 3);
ALTER TABLE child ADD FOREIGN KEY (parent_id) REFERENCES parent;
ALTER TABLE child ADD CONSTRAINT unchecked FOREIGN KEY (parent_id) REFERENCES parent NOT VALID;
ALTER TABLE child VALIDATE CONSTRAINT unchecked;
DELETE FROM child WHERE id = 3;
ALTER TABLE child VALIDATE CONSTRAINT unchecked;
INSERT INTO child VALUES (4, 9);
INSERT INTO child VALUES (4, NULL);
DELETE FROM parent WHERE id = 1;
UPDATE parent SET id = 5 WHERE id = 2;
INSERT INTO parent VALUES (1, 'again');
INSERT INTO parent VALUES (3, 'one');
INSERT INTO parent VALUES (3, 'one') ON CONFLICT DO NOTHING;
INSERT INTO parent VALUES (3, 'one') ON CONFLICT (name) DO UPDATE SET name = excluded.name;
INSERT INTO parent VALUES (3, 'one') ON CONFLICT (id, name) DO NOTHING;
TRUNCATE parent;
TRUNCATE parent CASCADE;
TRUNCATE parent, child;
-- down
DROP TABLE child, parent;

-- migration: cascading rows
CREATE TABLE cp (id integer PRIMARY KEY);
CREATE TABLE cc (id integer PRIMARY KEY, cp_id integer REFERENCES cp ON DELETE CASCADE);
CREATE TABLE cn (id integer PRIMARY KEY, cp_id integer NOT NULL REFERENCES cp ON DELETE SET NULL);
INSERT INTO cp VALUES (1), (2);
INSERT INTO cc VALUES (1, 1), (2, 2);
INSERT INTO cn VALUES (1, 2);
DELETE FROM cp WHERE id = 1;
DELETE FROM cp WHERE id = 2;
INSERT INTO cc VALUES (1, 1);
-- down
DROP TABLE cn, cc, cp;

-- migration: types of keys
CREATE TABLE kt (i integer UNIQUE, b bigint UNIQUE, t text UNIQUE, v varchar(5) UNIQUE, u uuid UNIQUE, n numeric UNIQUE, d date UNIQUE, ts timestamp UNIQUE, tz timestamptz UNIQUE, c char(4) UNIQUE);
CREATE TABLE kt1 (a smallint REFERENCES kt (i), b integer REFERENCES kt (b), c varchar REFERENCES kt (t), d text REFERENCES kt (v), e uuid REFERENCES kt (u), f integer REFERENCES kt (n));
CREATE TABLE kt2 (a text REFERENCES kt (u));
CREATE TABLE kt3 (a integer REFERENCES kt (t));
CREATE TABLE kt4 (a date REFERENCES kt (ts));
CREATE TABLE kt5 (a timestamp REFERENCES kt (tz));
CREATE TABLE kt6 (a numeric REFERENCES kt (i));
CREATE TABLE kt7 (a char(4) REFERENCES kt (t), b text REFERENCES kt (c));
CREATE TABLE kt8 (a boolean REFERENCES kt (i));
CREATE TABLE kt9 (a integer[] REFERENCES kt (i));
CREATE TABLE kt10 (a "char" REFERENCES kt (t), b name REFERENCES kt (t));
CREATE TABLE kt11 (a float8 REFERENCES kt (i));
-- down
DROP TABLE IF EXISTS kt1, kt4, kt5, kt6, kt7, kt10, kt11, kt;

-- migration: partitioned
CREATE TABLE pp (id integer, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE pp1 PARTITION OF pp FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE pf (id integer, at date, FOREIGN KEY (id, at) REFERENCES pp);
CREATE TABLE pr (id integer REFERENCES b) PARTITION BY LIST (id);
CREATE TABLE pr1 PARTITION OF pr FOR VALUES IN (1);
ALTER TABLE pr1 DROP CONSTRAINT pr_id_fkey;
ALTER TABLE pr ADD CONSTRAINT nv FOREIGN KEY (id) REFERENCES b NOT VALID;
DROP TABLE pp1;
DROP TABLE pp;
ALTER TABLE pr DETACH PARTITION pr1;
-- down
DROP TABLE pf, pp, pr, pr1;

-- migration: views and temporary
CREATE VIEW va AS SELECT id FROM a;
CREATE TABLE fv (x integer REFERENCES va (id));
CREATE TEMP TABLE tt (id integer PRIMARY KEY);
CREATE TABLE ft (x integer REFERENCES tt);
CREATE UNLOGGED TABLE uu (id integer PRIMARY KEY);
CREATE TABLE fu (x integer REFERENCES uu);
CREATE UNLOGGED TABLE fuu (x integer REFERENCES uu);
ALTER TABLE uu SET LOGGED;
ALTER TABLE fuu SET LOGGED;
ALTER TABLE uu SET LOGGED;
-- down
DROP TABLE fuu, uu;
DROP VIEW va;
