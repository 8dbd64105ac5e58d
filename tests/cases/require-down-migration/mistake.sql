-- UP MIGRATION
CREATE TABLE IF NOT EXISTS marketing.a (id INT);
CREATE TABLE IF NOT EXISTS marketing.b (id INT);

-- DOWN MIGRATION
-- DROP TABLE IF EXIST marketing.a; -- error: expected
-- DROP TABLE IF EXISTS marketing.b;
