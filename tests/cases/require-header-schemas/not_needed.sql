-- Schemas: marketing
-- Reading and referring need no mention, nor do temporary tables and what has no schema.
CREATE TABLE marketing.a AS SELECT * FROM intake.b;
CREATE TEMP TABLE scratch (a int);
COMMENT ON TABLE scratch IS 'x';
CREATE EXTENSION IF NOT EXISTS citext SCHEMA public;
COMMENT ON EXTENSION citext IS 'x';
CREATE ROLE reader;
GRANT reader TO writer;
COMMENT ON ROLE reader IS 'x';
GRANT CONNECT ON DATABASE app TO reader;
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO reader;
COPY bit.events TO '/tmp/x';
