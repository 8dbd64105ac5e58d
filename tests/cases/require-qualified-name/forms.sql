CREATE TABLE company (a int); -- error: `company` is written without its schema, here and in 3 more places
CREATE INDEX idx_company_a ON company (a);
ALTER TABLE company ADD COLUMN b int;
COMMENT ON COLUMN Company.b IS 'x';
CREATE TABLE "Company" (a int); -- error: `Company` is written without its schema
ALTER TYPE kind ADD VALUE 'x'; -- error: `kind` is written without its schema
CREATE OR REPLACE FUNCTION score() RETURNS int RETURN 1; -- error: `score` is written without its schema, here and in 1 more place
DROP FUNCTION score();
DROP INDEX IF EXISTS idx_company_b; -- error: `idx_company_b` is written without its schema
CREATE TRIGGER touch BEFORE UPDATE ON marketing.people FOR EACH ROW EXECUTE FUNCTION update_updated_at_column(); -- error: `update_updated_at_column` is written without its schema
ALTER TABLE marketing.people ADD FOREIGN KEY (b) REFERENCES employer (a); -- error: `employer` is written without its schema
CREATE TABLE marketing.slot (a int REFERENCES town); -- error: `town` is written without its schema
CREATE TABLE marketing.copy (LIKE original); -- error: `original` is written without its schema
CREATE TABLE marketing.part PARTITION OF whole DEFAULT; -- error: `whole` is written without its schema
ALTER TABLE marketing.whole ATTACH PARTITION piece DEFAULT; -- error: `piece` is written without its schema
CREATE VIEW marketing.v AS SELECT * FROM source; -- error: `source` is written without its schema
GRANT SELECT ON granted TO reader; -- error: `granted` is written without its schema
DROP TABLE IF EXISTS marketing.a, b; -- error: `b` is written without its schema
ALTER SEQUENCE marketing.q OWNED BY owner_table.id; -- error: `owner_table` is written without its schema
REFRESH MATERIALIZED VIEW summary; -- error: `summary` is written without its schema
ALTER TABLE old_name RENAME TO new_name; -- error: `old_name` is written without its schema
CREATE POLICY p ON guarded; -- error: `guarded` is written without its schema
DROP TRIGGER IF EXISTS touch ON touched; -- error: `touched` is written without its schema
CREATE DOMAIN email AS text; -- error: `email` is written without its schema
CREATE PUBLICATION p FOR TABLE published; -- error: `published` is written without its schema
