CREATE TABLE IF NOT EXISTS marketing.a (id INT);

-- ROLLBACK
DROP TABLE IF EXISTS marketing.a; -- error: `DROP TABLE IF` is not commented out, and runs with the up migration
