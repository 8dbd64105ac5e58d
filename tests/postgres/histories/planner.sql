-- migration: functions that the planner replaces by their bodies
CREATE TABLE pages (id int, title varchar(50), seen timestamptz, price numeric(8, 2));
CREATE FUNCTION slug(text) RETURNS text LANGUAGE sql AS $$ SELECT lower(replace($1, ' ', '-')) $$;
CREATE FUNCTION slug_v(varchar) RETURNS varchar LANGUAGE sql AS 'SELECT LOWER(REPLACE($1, '' '', ''-''));';
CREATE FUNCTION stamped(timestamptz) RETURNS text LANGUAGE sql STABLE AS 'SELECT $1::text';
CREATE FUNCTION nested(text) RETURNS text LANGUAGE sql AS 'SELECT slug(slug($1))';
CREATE FUNCTION guarded(text) RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT lower($1)';
CREATE FUNCTION with_path(text) RETURNS text LANGUAGE sql SET search_path = public AS 'SELECT lower($1)';
CREATE FUNCTION with_query(text) RETURNS text LANGUAGE sql AS 'SELECT (SELECT lower($1))';
CREATE FUNCTION with_limit(text) RETURNS text LANGUAGE sql AS 'SELECT lower($1) LIMIT 1';
CREATE FUNCTION two_steps(text) RETURNS text LANGUAGE sql AS 'SELECT 1; SELECT lower($1)';
CREATE FUNCTION in_plpgsql(text) RETURNS text LANGUAGE plpgsql AS 'BEGIN RETURN lower($1); END';
CREATE FUNCTION as_expression(a text) RETURNS text LANGUAGE sql RETURN lower(a);
CREATE FUNCTION dice(int) RETURNS float8 LANGUAGE sql AS 'SELECT random() * $1';
CREATE FUNCTION said_immutable(int) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT random() * $1';
CREATE FUNCTION over_stable(int) RETURNS float8 LANGUAGE sql STABLE AS 'SELECT dice($1)';
CREATE FUNCTION over_volatile(text) RETURNS text LANGUAGE sql STABLE AS 'SELECT slug($1)';
CREATE INDEX ON pages (slug(title));
CREATE UNIQUE INDEX ON pages (slug_v(title));
CREATE INDEX ON pages (stamped(seen));
CREATE INDEX ON pages (nested(title));
CREATE INDEX ON pages (guarded(title));
CREATE INDEX ON pages (with_path(title));
CREATE INDEX ON pages (with_query(title));
CREATE INDEX ON pages (with_limit(title));
CREATE INDEX ON pages (two_steps(title));
CREATE INDEX ON pages (in_plpgsql(title));
CREATE INDEX ON pages (as_expression(title));
CREATE INDEX ON pages (dice(id));
CREATE INDEX ON pages (said_immutable(id));
CREATE INDEX ON pages (over_stable(id));
CREATE INDEX ON pages (over_volatile(title));
CREATE INDEX ON pages (id) WHERE slug(title) = 'a';
CREATE INDEX ON pages (id) WHERE dice(id) > 0.5;
ALTER TABLE pages ADD COLUMN slugged text GENERATED ALWAYS AS (slug(title)) STORED;
ALTER TABLE pages ADD COLUMN thrown float8 GENERATED ALWAYS AS (dice(id)) STORED;
CREATE TABLE parted (id int, title text) PARTITION BY LIST (slug(title));
CREATE TABLE parted_2 (id int, title text) PARTITION BY LIST (in_plpgsql(title));

-- migration: casts that stay when a type is back
CREATE TABLE names (name varchar(20), code varchar(5), kind text, n int, at timestamp, CHECK (length(name) > 1), CHECK (kind <> ''), CHECK (n > 0), CHECK (coalesce(code, 'x') <> ''));
CREATE FUNCTION normal(varchar) RETURNS varchar LANGUAGE sql IMMUTABLE AS 'SELECT lower($1)';
CREATE INDEX names_normal ON names (normal(name));
CREATE INDEX names_lower ON names (lower(name)) WHERE name IS NOT NULL AND name <> '';

-- migration: the type of a name is text
ALTER TABLE names ALTER COLUMN name TYPE text;
-- down
ALTER TABLE names ALTER COLUMN name TYPE varchar(20);

-- migration: the type of a number is bigint
ALTER TABLE names ALTER COLUMN n TYPE bigint;
-- down
ALTER TABLE names ALTER COLUMN n TYPE int;

-- migration: the type of a code is text
ALTER TABLE names ALTER COLUMN code TYPE text;
-- down
ALTER TABLE names ALTER COLUMN code TYPE varchar(5);

-- migration: parentheses to the right of AND and OR
CREATE TABLE junctions (a int, b int, c int, CONSTRAINT of_junctions CHECK (a > 0 AND (b > 0 AND c > 0)));

-- migration: the same without them
ALTER TABLE junctions DROP CONSTRAINT of_junctions, ADD CONSTRAINT of_junctions CHECK (a > 0 AND b > 0 AND c > 0);
-- down
ALTER TABLE junctions DROP CONSTRAINT of_junctions, ADD CONSTRAINT of_junctions CHECK (a > 0 AND (b > 0 AND c > 0));

-- migration: and back with parentheses to the left
ALTER TABLE junctions DROP CONSTRAINT of_junctions;
-- down
ALTER TABLE junctions ADD CONSTRAINT of_junctions CHECK ((a > 0 AND b > 0) AND c > 0);

-- migration: ranges and what they are made of
CREATE TABLE spans (id int, held tstzrange, all_held tstzmultirange, at timestamptz, whole int4range, days daterange);
ALTER TABLE spans ADD CHECK (held <@ held), ADD CHECK (at <@ held), ADD CHECK (held @> at), ADD CHECK (held <@ all_held), ADD CHECK (held && held);
ALTER TABLE spans ADD CHECK (held <@ whole);
ALTER TABLE spans ADD CHECK (id <@ held);
ALTER TABLE spans ADD CHECK (whole @> id);
ALTER TABLE spans ADD CHECK (all_held @> whole);
ALTER TABLE spans ADD CHECK (held -|- held), ADD CHECK (held << held), ADD CHECK (whole = whole);
ALTER TABLE spans ADD CHECK (lower(held) < at);
ALTER TABLE spans ADD CHECK (held = whole);
CREATE VIEW of_spans AS SELECT held * held AS inner_span, held + held AS outer_span, range_merge(held, held) AS merged, lower(whole) AS first FROM spans;
CREATE VIEW of_pairs AS SELECT array_append(ARRAY[1], 2) AS a, array_cat(ARRAY[1], ARRAY[2]) AS b, ARRAY[1] || 2 AS c, array_position(ARRAY['a'], 'a') AS d;
CREATE VIEW of_others AS SELECT array_append(ARRAY[1], 'a'::text) AS a;
CREATE VIEW of_mixed AS SELECT array_append(ARRAY[1], 2.5) AS a, ARRAY[1] || 2::bigint AS b;
CREATE VIEW of_nothing AS SELECT array_cat(ARRAY[1], ARRAY['a'::text]) AS a;

-- migration: partitions by bytes
CREATE TABLE hashed (key bytea NOT NULL) PARTITION BY RANGE (key);
CREATE TABLE hashed_00 PARTITION OF hashed FOR VALUES FROM ('\x00') TO ('\x80');
CREATE TABLE hashed_80 PARTITION OF hashed FOR VALUES FROM (E'\\x80') TO (E'\\xC0ff');
CREATE TABLE hashed_7f PARTITION OF hashed FOR VALUES FROM ('\x7f') TO ('\x7fff');
CREATE TABLE hashed_c0 PARTITION OF hashed FOR VALUES FROM ('\xc0FF') TO (MAXVALUE);
CREATE TABLE hashed_no PARTITION OF hashed FOR VALUES FROM ('\xc') TO ('\xd0');
DO $$ BEGIN FOR i IN 0..3 LOOP EXECUTE format('CREATE TABLE IF NOT EXISTS hashed_0%s PARTITION OF hashed FOR VALUES FROM (%L) TO (%L)', i, '\x0' || i, '\x0' || (i + 1)); END LOOP; END $$;

-- migration: a trigger with a branch that nobody can decide
CREATE TABLE tickets (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, made timestamptz DEFAULT current_timestamp, name text UNIQUE, state text);
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF new.made IS DISTINCT FROM clock_timestamp() THEN new.made = now(); END IF; RETURN new; END $$;
CREATE TRIGGER stamp BEFORE INSERT ON tickets FOR EACH ROW EXECUTE FUNCTION stamp();
INSERT INTO tickets (name) VALUES ('a'), ('b');
INSERT INTO tickets (name) VALUES ('c');
INSERT INTO tickets (name) VALUES ('a');
ALTER TABLE tickets ALTER COLUMN made SET NOT NULL;
ALTER TABLE tickets ALTER COLUMN state SET NOT NULL;
