-- UP MIGRATION
CREATE TABLE IF NOT EXISTS marketing.a (id INT);

-- DOWN MIGRATION
-- IRREVERSIBLE: the rows that were there are gone
