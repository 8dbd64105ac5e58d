-- UP MIGRATION
ALTER TYPE marketing.kind RENAME TO kind_old;
CREATE TYPE marketing.kind AS ENUM ('a', 'b');
ALTER TABLE marketing.company_master ALTER COLUMN kind TYPE marketing.kind USING kind::text::marketing.kind;
DROP TYPE marketing.kind_old;
CREATE TABLE IF NOT EXISTS marketing.tags (id BIGINT PRIMARY KEY);

-- DOWN MIGRATION -- error: the down migration does not take back the replacement of type `marketing.kind` and table `marketing.tags`
-- DROP TABLE IF EXISTS marketing.other;
