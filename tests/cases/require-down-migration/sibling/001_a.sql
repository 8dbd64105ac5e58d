CREATE TABLE IF NOT EXISTS marketing.a (id INT); -- error: the down migration stands in `001_a_ROLLBACK.sql`, and not in a `-- DOWN MIGRATION` block of this file
CREATE TABLE IF NOT EXISTS marketing.b (id INT);
