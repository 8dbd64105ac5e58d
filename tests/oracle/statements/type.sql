-- Types: shell, enum, composite, range, base.
CREATE TYPE t;
CREATE TYPE marketing.slot_kind AS ENUM ('CEO', 'CFO', 'HR');
CREATE TYPE empty AS ENUM ();
CREATE TYPE "Mood" AS ENUM ('so so', 'it''s fine', E'tab\there', 'ünïcode');
CREATE TYPE t AS ();
CREATE TYPE marketing.address AS (street text, zip varchar(10), "No" int);
CREATE TYPE t AS (a text COLLATE "C", b numeric(10, 2)[], c marketing.slot_kind);
CREATE TYPE r AS RANGE (subtype = float8);
CREATE TYPE marketing.r AS RANGE (subtype = text, subtype_opclass = text_ops, collation = "C", canonical = f, subtype_diff = float8mi, multirange_type_name = marketing.mr);
CREATE TYPE b (INPUT = b_in, OUTPUT = b_out);
CREATE TYPE marketing.b (INPUT = b_in, OUTPUT = b_out, RECEIVE = b_recv, SEND = b_send, TYPMOD_IN = tin, TYPMOD_OUT = tout, ANALYZE = an, SUBSCRIPT = sub, INTERNALLENGTH = 16, PASSEDBYVALUE, ALIGNMENT = int4, STORAGE = plain, LIKE = int, CATEGORY = 'U', PREFERRED = true, DEFAULT = '0', ELEMENT = float4, DELIMITER = ';', COLLATABLE = false);
CREATE TYPE b (internallength = variable, input = f, output = g, alignment = double);
CREATE TYPE b ("Input" = "F", output = 'g');
ALTER TYPE t ADD VALUE 'x';
ALTER TYPE marketing.slot_kind ADD VALUE IF NOT EXISTS 'CTO';
ALTER TYPE t ADD VALUE 'x' BEFORE 'y';
ALTER TYPE t ADD VALUE IF NOT EXISTS 'x' AFTER 'y';
ALTER TYPE t RENAME VALUE 'x' TO 'y';
ALTER TYPE t RENAME TO u;
ALTER TYPE marketing.t RENAME ATTRIBUTE a TO b;
ALTER TYPE t RENAME ATTRIBUTE a TO b CASCADE;
ALTER TYPE t RENAME ATTRIBUTE a TO b RESTRICT;
ALTER TYPE t ADD ATTRIBUTE a text;
ALTER TYPE t ADD ATTRIBUTE a text COLLATE "C" CASCADE, DROP ATTRIBUTE b, ALTER ATTRIBUTE c TYPE int;
ALTER TYPE marketing.t DROP ATTRIBUTE IF EXISTS b CASCADE;
ALTER TYPE t DROP ATTRIBUTE b RESTRICT;
ALTER TYPE t ALTER ATTRIBUTE c SET DATA TYPE text COLLATE "C" CASCADE;
ALTER TYPE t OWNER TO bob;
ALTER TYPE t SET SCHEMA marketing;
ALTER TYPE t SET (storage = extended, send = f, receive = none);
ALTER TYPE marketing.t SET (ANALYZE = g);
DROP TYPE t;
DROP TYPE IF EXISTS marketing.t, "U" CASCADE;
DROP TYPE int4, text[];
DROP TYPE IF EXISTS bit;
-- rejected
CREATE TYPE;
-- rejected
CREATE TYPE IF NOT EXISTS t AS ENUM ('a');
-- rejected
CREATE OR REPLACE TYPE t AS ENUM ('a');
-- rejected
CREATE TYPE t ENUM ('a');
-- rejected
CREATE TYPE t AS ENUM;
-- rejected
CREATE TYPE t AS ENUM ('a',);
-- rejected
CREATE TYPE t AS ENUM (a, b);
-- rejected
CREATE TYPE t AS ENUM ("a", "b");
-- rejected
CREATE TYPE t AS ENUM ('a' 'b');
-- rejected
CREATE TYPE t AS ENUM 'a', 'b';
-- rejected
CREATE TYPE t AS ENUM (1, 2);
-- rejected
CREATE TYPE t AS (a);
-- rejected
CREATE TYPE t AS (a text,);
-- rejected
CREATE TYPE t AS (a text NOT NULL);
-- rejected
CREATE TYPE t AS (a text DEFAULT 'x');
-- rejected
CREATE TYPE t AS TABLE (a text);
-- rejected
CREATE TYPE t AS text;
-- rejected
CREATE TYPE t FROM text;
-- rejected
CREATE TYPE t AS RANGE (subtype float8);
-- rejected
ALTER TYPE t ADD 'x';
-- rejected
ALTER TYPE t ADD VALUE x;
-- rejected
ALTER TYPE t ADD VALUE 'x', 'y';
-- rejected
ALTER TYPE t ADD VALUE 'x', ADD VALUE 'y';
-- rejected
ALTER TYPE t ADD VALUES 'x';
-- rejected
ALTER TYPE t ADD VALUE 'x' IF NOT EXISTS;
-- rejected
ALTER TYPE t ADD VALUE 'x' BEFORE y;
-- rejected
ALTER TYPE t DROP VALUE 'x';
-- rejected
ALTER TYPE t RENAME VALUE x TO y;
-- rejected
ALTER TYPE t ADD ATTRIBUTE a;
-- rejected
ALTER TYPE t ADD ATTRIBUTE IF NOT EXISTS a text;
-- rejected
ALTER TYPE t ADD COLUMN a text;
-- rejected
ALTER TYPE IF EXISTS t ADD VALUE 'x';
-- rejected
DROP TYPE;
-- rejected
DROP TYPE bit.enum;
-- rejected
DROP TYPE t IF EXISTS;
