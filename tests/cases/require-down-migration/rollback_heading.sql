CREATE TABLE IF NOT EXISTS marketing.a (id INT);

-- ROLLBACK (uncomment to reverse this migration) -- error: the down migration is called `ROLLBACK`, and the house calls it `DOWN MIGRATION`
-- DROP TABLE IF EXISTS marketing.a;
