-- UP MIGRATION
ALTER TYPE marketing.kind ADD VALUE IF NOT EXISTS 'new';
CREATE TABLE IF NOT EXISTS marketing.a (id INT);

-- DOWN MIGRATION
-- IRREVERSIBLE: PostgreSQL can't take a label out of an enum
-- DROP TABLE IF EXISTS marketing.a;
