-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY, b text, c text);
CREATE TABLE p (id bigint, b text) PARTITION BY LIST (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
-- case: 002_truncated.sql, isolated
BEGIN;
TRUNCATE a, p;
ALTER TABLE a ALTER COLUMN b SET NOT NULL;
ALTER TABLE p ALTER COLUMN b SET NOT NULL;
INSERT INTO a SELECT i, 'x' FROM generate_series(1, 10) AS i WHERE false;
ALTER TABLE a ALTER COLUMN c SET NOT NULL; -- error: making `c` NOT NULL reads all of `a`
COMMIT;
-- case: 003_no_transaction.sql, isolated
ALTER TABLE a ALTER COLUMN b DROP NOT NULL;
TRUNCATE a;
ALTER TABLE a ALTER COLUMN b SET NOT NULL; -- error: making `b` NOT NULL reads all of `a`
-- case: 004_next_transaction.sql, isolated
ALTER TABLE a ALTER COLUMN b DROP NOT NULL;
BEGIN;
TRUNCATE a;
COMMIT;
ALTER TABLE a ALTER COLUMN b SET NOT NULL; -- error: making `b` NOT NULL reads all of `a`
-- case: 005_taken_back.sql, isolated
ALTER TABLE a ALTER COLUMN b DROP NOT NULL;
BEGIN;
SAVEPOINT s;
TRUNCATE a;
ROLLBACK TO SAVEPOINT s;
ALTER TABLE a ALTER COLUMN b SET NOT NULL; -- error: making `b` NOT NULL reads all of `a`
COMMIT;
-- case: 006_pages_stay.sql, isolated
ALTER TABLE a ALTER COLUMN b DROP NOT NULL;
BEGIN;
DELETE FROM a;
ALTER TABLE a ALTER COLUMN b SET NOT NULL; -- error: making `b` NOT NULL reads all of `a`
COMMIT;
-- case: 007_one_partition.sql, isolated
ALTER TABLE p ALTER COLUMN b DROP NOT NULL;
BEGIN;
TRUNCATE p1;
ALTER TABLE p ALTER COLUMN b SET NOT NULL; -- error: making `b` NOT NULL reads all of `p`
COMMIT;
-- case: 008_perhaps.sql, isolated
ALTER TABLE a ALTER COLUMN b DROP NOT NULL;
DO $$ BEGIN
    IF EXISTS (SELECT FROM p) THEN TRUNCATE a; END IF;
    ALTER TABLE a ALTER COLUMN b SET NOT NULL; -- error: making `b` NOT NULL reads all of `a`
END $$;
-- case: 009_in_code.sql, isolated
ALTER TABLE a ALTER COLUMN b DROP NOT NULL;
DO $$ BEGIN
    TRUNCATE a;
    ALTER TABLE a ALTER COLUMN b SET NOT NULL;
    ALTER TABLE a ALTER COLUMN b DROP NOT NULL;
    INSERT INTO a SELECT id FROM p;
    ALTER TABLE a ALTER COLUMN b SET NOT NULL; -- error: making `b` NOT NULL reads all of `a`
END $$;
