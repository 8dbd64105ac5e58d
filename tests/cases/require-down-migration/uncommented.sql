-- UP MIGRATION
CREATE TABLE IF NOT EXISTS marketing.a (id INT);

-- DOWN MIGRATION
DROP INDEX IF EXISTS marketing.idx_a; -- error: in the down migration `DROP INDEX IF` and 1 more after it are not commented out, and run with the up migration
DROP TABLE IF EXISTS marketing.a;
