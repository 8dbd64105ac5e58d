-- What random histories found.

-- migration: expressions of inherited columns
CREATE TABLE above (a integer, g integer GENERATED ALWAYS AS (a + 1) STORED);
CREATE TABLE beside (d serial);
CREATE TABLE below (o integer) INHERITS (above, beside);
ALTER TABLE below ALTER COLUMN d DROP EXPRESSION;
ALTER TABLE below ALTER COLUMN d DROP EXPRESSION IF EXISTS;
ALTER TABLE below ALTER COLUMN g DROP EXPRESSION;
ALTER TABLE below DROP COLUMN nothing, ALTER COLUMN d DROP EXPRESSION;
ALTER TABLE below ALTER COLUMN nothing DROP EXPRESSION, ALTER COLUMN d DROP EXPRESSION;
ALTER TABLE below ALTER COLUMN o DROP EXPRESSION;
ALTER TABLE ONLY above ALTER COLUMN a DROP EXPRESSION;
ALTER TABLE ONLY above ALTER COLUMN g DROP EXPRESSION;
ALTER TABLE above ALTER COLUMN g DROP EXPRESSION;
-- down
DROP TABLE below, beside, above;

-- migration: persistence
CREATE TABLE logged (a serial, b integer NOT NULL);
CREATE UNLOGGED TABLE unlogged (a serial);
ALTER TABLE logged SET UNLOGGED, SET LOGGED;
ALTER TABLE logged SET UNLOGGED, SET UNLOGGED;
ALTER TABLE unlogged SET LOGGED, SET LOGGED;
ALTER TABLE unlogged SET LOGGED, SET UNLOGGED;
ALTER TABLE logged SET LOGGED, SET UNLOGGED, ADD COLUMN c serial, ADD COLUMN d integer GENERATED ALWAYS AS IDENTITY,
  ALTER COLUMN b ADD GENERATED ALWAYS AS IDENTITY, ADD UNIQUE (b);
ALTER TABLE unlogged ADD COLUMN b serial, SET LOGGED;
ALTER TABLE logged SET LOGGED;
-- down
DROP TABLE logged, unlogged;

-- migration: publications of parents
CREATE TABLE parent (a integer PRIMARY KEY);
CREATE TABLE child (PRIMARY KEY (a)) INHERITS (parent);
CREATE TABLE grandchild (PRIMARY KEY (a)) INHERITS (child);
CREATE TABLE parted (a integer) PARTITION BY LIST (a);
CREATE TABLE part PARTITION OF parted DEFAULT;
CREATE PUBLICATION all_three FOR TABLE parent, parted, child;
CREATE PUBLICATION one FOR TABLE ONLY parent;
CREATE PUBLICATION listed FOR TABLE parent (a);
CREATE PUBLICATION filtered FOR TABLE child WHERE (a > 1);
CREATE PUBLICATION r FOR TABLE parent (a), child;
CREATE PUBLICATION r FOR TABLE parent, child (a);
CREATE PUBLICATION r FOR TABLE child (a), parent;
CREATE PUBLICATION r FOR TABLE parent WHERE (a > 1), child;
CREATE PUBLICATION r FOR TABLE child WHERE (a > 1), parent;
ALTER PUBLICATION one ADD TABLE parent;
ALTER PUBLICATION one DROP TABLE parent;
ALTER PUBLICATION one ADD TABLE child;
ALTER PUBLICATION one SET TABLE parent;
ALTER PUBLICATION all_three DROP TABLE ONLY parent;
ALTER PUBLICATION all_three DROP TABLE child;
ALTER TABLE grandchild SET UNLOGGED;
DROP PUBLICATION listed, filtered, one;
ALTER TABLE grandchild SET UNLOGGED;
CREATE PUBLICATION r FOR TABLE parent;
-- down
DROP PUBLICATION all_three;
DROP TABLE parent, child, grandchild, parted;

-- migration: sequences come before their table
CREATE TABLE t (a integer);
CREATE TABLE t (a text GENERATED ALWAYS AS IDENTITY);
CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY (INCREMENT 0));
CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY);
CREATE TABLE IF NOT EXISTS t (a text GENERATED ALWAYS AS IDENTITY);
CREATE TABLE n (a nothing, b text GENERATED ALWAYS AS IDENTITY);
CREATE TABLE n (a trigger, b text GENERATED ALWAYS AS IDENTITY);
CREATE TABLE n (a integer, a integer, b text GENERATED ALWAYS AS IDENTITY);
CREATE TABLE n (b text GENERATED ALWAYS AS IDENTITY, PRIMARY KEY (nothing));
CREATE TABLE n (b text GENERATED ALWAYS AS IDENTITY) INHERITS (nothing);
CREATE TABLE n (b text GENERATED ALWAYS AS IDENTITY) TABLESPACE nothing;
CREATE TABLE n (b nothing) INHERITS (nothing);
CREATE TABLE n (b text GENERATED ALWAYS AS IDENTITY NULL) INHERITS (nothing);
-- down
DROP TABLE t;

-- migration: defaults of domains
CREATE DOMAIN positive AS integer DEFAULT 0 CHECK (VALUE > 0);
CREATE TABLE holder (a integer, d positive);
INSERT INTO holder (a) VALUES (1);
INSERT INTO holder DEFAULT VALUES;
INSERT INTO holder VALUES (1, DEFAULT);
INSERT INTO holder VALUES (1, NULL);
INSERT INTO holder VALUES (1, 1);
UPDATE holder SET d = DEFAULT;
ALTER TABLE holder ADD COLUMN e positive;
-- down
DROP TABLE holder;
DROP DOMAIN positive;

-- migration: columns that are named twice
CREATE TABLE t (a integer);
ALTER TABLE t ADD PRIMARY KEY (nothing, nothing);
ALTER TABLE t ADD UNIQUE (nothing, nothing);
ALTER TABLE t ADD UNIQUE (a, nothing, a);
CREATE TABLE n (a integer, PRIMARY KEY (nothing, nothing));
CREATE TABLE n (a integer, PRIMARY KEY (a, nothing, a));
CREATE TABLE n (a integer, UNIQUE (a, a, nothing));
-- down
DROP TABLE t;

-- migration: owners of sequences and tables
CREATE ROLE found_owner;
CREATE SCHEMA other;
CREATE TABLE t (a integer);
CREATE TABLE other.t (a integer);
CREATE SEQUENCE q;
ALTER TABLE t OWNER TO found_owner;
CREATE SEQUENCE r OWNED BY t.a;
CREATE SEQUENCE r OWNED BY t.nothing;
ALTER SEQUENCE q OWNED BY t.a;
ALTER SEQUENCE q OWNED BY other.t.nothing;
ALTER SEQUENCE q OWNER TO found_owner;
ALTER SEQUENCE q OWNED BY other.t.a;
ALTER SEQUENCE q OWNED BY t.a;
ALTER SEQUENCE q OWNER TO CURRENT_USER;
-- down
DROP TABLE t, other.t;
DROP SCHEMA other;
DROP ROLE found_owner;

-- migration: what has no partitions
CREATE TABLE t (a integer);
CREATE SEQUENCE q;
CREATE VIEW v AS SELECT a FROM t;
CREATE TABLE q PARTITION OF q DEFAULT;
CREATE TABLE v PARTITION OF v DEFAULT;
CREATE TABLE n PARTITION OF v DEFAULT;
CREATE TABLE t PARTITION OF t DEFAULT;
CREATE TABLE n PARTITION OF t DEFAULT;
-- down
DROP SEQUENCE q;
DROP TABLE t CASCADE;

-- migration: labels that were renamed
CREATE TYPE word AS ENUM ('x', 'y');
CREATE DOMAIN short AS word DEFAULT 'x' CHECK (VALUE <> 'y');
CREATE TABLE t (id integer PRIMARY KEY, w word DEFAULT 'x', s short, CHECK (w <> 'y'));
INSERT INTO t VALUES (1);
ALTER TYPE word RENAME VALUE 'x' TO 'new';
ALTER TYPE word RENAME VALUE 'y' TO 'other';
INSERT INTO t VALUES (2);
INSERT INTO t VALUES (3, 'other');
INSERT INTO t VALUES (4, 'new', 'other');
INSERT INTO t VALUES (2) ON CONFLICT (id) DO UPDATE SET w = excluded.w;
-- down
DROP TABLE t;
DROP DOMAIN short;
DROP TYPE word;

-- migration: times as texts
CREATE TABLE t (a varchar(10), b varchar(60), c char(18), d date, e timestamptz);
INSERT INTO t (a) VALUES (now());
INSERT INTO t (b) VALUES (now());
INSERT INTO t (a) VALUES (current_date);
INSERT INTO t (c) VALUES (localtimestamp);
INSERT INTO t (a) VALUES (now()::varchar(10));
INSERT INTO t (d) SELECT 'nothing'::text::date;
INSERT INTO t (e) SELECT ''::text::timestamptz;
INSERT INTO t (e) SELECT 'infinity'::text::timestamptz;
-- down
DROP TABLE t;

-- migration: labels that take the names of others
CREATE TYPE mark AS ENUM ('x', 'y');
CREATE TABLE marked (id integer, w mark DEFAULT 'x', v mark DEFAULT 'y', CHECK (w <> 'x' OR v IN ('x', 'y')));
CREATE TABLE several (u mark DEFAULT 'x'::mark, v text DEFAULT 'x');
CREATE VIEW marks AS SELECT id FROM marked WHERE w = 'x' OR v IN ('x', 'y');
ALTER TYPE mark RENAME VALUE 'x' TO 'z';
ALTER TYPE mark ADD VALUE 'x';
ALTER TYPE mark RENAME VALUE 'y' TO 'w';
ALTER TYPE mark RENAME VALUE 'z' TO 'y';
ALTER TABLE marked ADD COLUMN u mark DEFAULT 'y';
INSERT INTO marked (id) VALUES (1);
INSERT INTO marked (id, w) VALUES (2, 'w');
INSERT INTO marked VALUES (3, 'y', 'y');
ALTER TABLE marked ALTER COLUMN w SET DEFAULT 'w';
-- down
DROP VIEW marks;
DROP TABLE marked, several;
DROP TYPE mark;

-- migration: bounds are read before partitions
CREATE TABLE listed (a integer, b text) PARTITION BY LIST (a);
CREATE TABLE ranged (a integer, b text) PARTITION BY RANGE (a);
CREATE TABLE wide (a integer, b text, c integer);
ALTER TABLE listed ATTACH PARTITION wide FOR VALUES FROM (1) TO (2);
ALTER TABLE listed ATTACH PARTITION wide FOR VALUES IN (1);
ALTER TABLE listed ATTACH PARTITION wide FOR VALUES IN ('a');
ALTER TABLE listed ATTACH PARTITION nothing FOR VALUES FROM (1) TO (2);
ALTER TABLE listed ATTACH PARTITION nothing FOR VALUES IN (1);
ALTER TABLE ranged ATTACH PARTITION ranged FOR VALUES IN (1, 2);
ALTER TABLE ranged ATTACH PARTITION ranged FOR VALUES FROM (1) TO (2);
ALTER TABLE ranged ATTACH PARTITION ranged FOR VALUES FROM (2) TO (1);
CREATE TABLE inside PARTITION OF ranged FOR VALUES FROM (1) TO (5);
ALTER TABLE ranged ATTACH PARTITION wide FOR VALUES FROM (2) TO (3);
ALTER TABLE ranged ATTACH PARTITION inside FOR VALUES IN (1);
ALTER TABLE ranged ATTACH PARTITION inside FOR VALUES FROM (1) TO (5);
-- down
DROP TABLE listed, ranged, wide;

-- migration: what columns are generated from
CREATE TABLE g (a integer, b boolean GENERATED ALWAYS AS (b::text) STORED);
CREATE TABLE g (a integer, b integer GENERATED ALWAYS AS (a) STORED, c boolean GENERATED ALWAYS AS (b) STORED);
CREATE TABLE g (a integer, b boolean GENERATED ALWAYS AS (now()::text) STORED);
CREATE TABLE g (a timestamp, b timestamptz GENERATED ALWAYS AS (a) STORED);
CREATE TABLE g2 (a timestamp, b timestamptz GENERATED ALWAYS AS (a::timestamptz) STORED);
CREATE TABLE g3 (a integer, b boolean GENERATED ALWAYS AS (a::text) STORED);
ALTER TABLE g ADD COLUMN c boolean GENERATED ALWAYS AS (b::text) STORED;
-- down
DROP TABLE g;
