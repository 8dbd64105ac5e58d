-- UP MIGRATION
CREATE SCHEMA IF NOT EXISTS marketing;
CREATE SCHEMA IF NOT EXISTS scratch;
CREATE TABLE IF NOT EXISTS scratch.t (id INT);
CREATE TYPE marketing.kind AS ENUM ('a');
ALTER TYPE marketing.kind ADD VALUE IF NOT EXISTS 'b';
CREATE TABLE IF NOT EXISTS marketing.a (id SERIAL PRIMARY KEY, kind marketing.kind);
CREATE INDEX IF NOT EXISTS idx_a ON marketing.a (kind);
ALTER TABLE marketing.a ADD COLUMN IF NOT EXISTS b INT;
CREATE TABLE IF NOT EXISTS marketing.a_1 PARTITION OF marketing.a FOR VALUES IN ('a');
CREATE SEQUENCE IF NOT EXISTS marketing.a_no OWNED BY marketing.a.id;
CREATE OR REPLACE FUNCTION marketing.touch() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE OR REPLACE TRIGGER touch_a BEFORE UPDATE ON marketing.a FOR EACH ROW EXECUTE FUNCTION marketing.touch();
CREATE OR REPLACE TRIGGER touch_old BEFORE UPDATE ON marketing.old FOR EACH ROW EXECUTE FUNCTION marketing.touch();
CREATE POLICY p ON marketing.a USING (true);
ALTER TABLE marketing.old ADD COLUMN IF NOT EXISTS c INT;
CREATE INDEX IF NOT EXISTS idx_old_c ON marketing.old (c, id);
ALTER TABLE marketing.old ADD CONSTRAINT c_positive CHECK (c > 0);
CREATE OR REPLACE VIEW marketing.v AS SELECT id FROM marketing.a;
CREATE TEMP TABLE picked (id INT);
CREATE TABLE marketing.helper (id INT);
DROP TABLE marketing.helper;
INSERT INTO marketing.old VALUES (1);
COMMENT ON TABLE marketing.a IS 'x';
GRANT SELECT ON marketing.a TO app;

-- DOWN MIGRATION (for rollback reference)
-- DROP FUNCTION IF EXISTS marketing.touch() CASCADE;
-- ALTER TABLE marketing.old DROP COLUMN IF EXISTS c;
-- DROP TABLE IF EXISTS marketing.a CASCADE;
-- DROP TYPE IF EXISTS marketing.kind;
-- DROP SCHEMA IF EXISTS scratch CASCADE;
