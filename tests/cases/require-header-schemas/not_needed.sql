-- Schemas: marketing
-- Reading, referring, commenting, granting and owning need no mention, nor do temporary tables and what has no schema.
CREATE TABLE marketing.a AS SELECT * FROM intake.b;
COMMENT ON TABLE bit.events IS 'x';
GRANT SELECT ON bit.events TO reader;
ALTER TABLE bit.events OWNER TO loader;
CREATE TEMP TABLE scratch (a int);
CREATE EXTENSION IF NOT EXISTS citext SCHEMA public;
CREATE ROLE reader;
COPY bit.events TO '/tmp/x';
