-- What is prepared, and what its parameters become.

-- migration: start
CREATE TABLE kept (id integer PRIMARY KEY, name text);
PREPARE add_one AS INSERT INTO kept VALUES ($1, $2);
EXECUTE add_one (1, 'a');
EXECUTE add_one (1, 'b');
EXECUTE add_one (2);
EXECUTE add_one;
EXECUTE nothing (1);
PREPARE typed (integer, text) AS UPDATE kept SET name = $2 WHERE id = $1;
EXECUTE typed (1, 'c');
EXECUTE typed ('x', 'c');
EXECUTE typed ('1', 3);
PREPARE counted AS SELECT 1 / (count(*) - 1) FROM kept;
EXECUTE counted;
EXECUTE add_one (2, NULL);
EXECUTE counted;
ALTER TABLE kept ALTER COLUMN name SET NOT NULL;
PREPARE gone AS DELETE FROM kept WHERE name IS NULL;
EXECUTE gone;
ALTER TABLE kept ALTER COLUMN name SET NOT NULL;
PREPARE of_all (integer) AS SELECT * FROM kept WHERE id = $1;
EXECUTE of_all (1);
EXECUTE of_all (missing);
DEALLOCATE gone;
EXECUTE gone;
DEALLOCATE gone;
PREPARE merged AS MERGE INTO kept USING (SELECT 9 AS id WHERE false) AS s ON s.id = kept.id WHEN MATCHED THEN DELETE;
EXECUTE merged;
PREPARE merged_badly AS MERGE INTO kept USING nowhere AS s ON s.id = kept.id WHEN MATCHED THEN DELETE;
PREPARE merged_on AS MERGE INTO kept USING kept AS s ON s.missing = kept.id WHEN MATCHED THEN DELETE;
DROP TABLE kept;
EXECUTE of_all (1);
-- down
SELECT 1;

-- migration: a transaction that is rolled back inside of code
CREATE TABLE undone (a integer UNIQUE);
DO $$ BEGIN INSERT INTO undone VALUES (1); COMMIT; INSERT INTO undone VALUES (2); ROLLBACK; INSERT INTO undone VALUES (3); END $$;
INSERT INTO undone VALUES (2);
INSERT INTO undone VALUES (1);
INSERT INTO undone VALUES (3);
DO $$ BEGIN CREATE TABLE undone_1 (); ROLLBACK; CREATE TABLE undone_2 (); END $$;
DROP TABLE undone_2;
DROP TABLE undone_1;
DO $$ DECLARE n integer := 0; BEGIN FOR i IN 1..3 LOOP n := n + 1; EXECUTE 'CREATE TABLE turn_' || i || ' ()'; IF i = 2 THEN ROLLBACK; ELSE COMMIT; END IF; END LOOP; IF n <> 3 THEN RAISE 'not %', n; END IF; END $$;
CREATE PROCEDURE half() LANGUAGE plpgsql AS $$ BEGIN CREATE TABLE half_1 (); ROLLBACK; CREATE TABLE half_2 (); END $$;
CALL half();
DROP TABLE half_2;
BEGIN;
CALL half();
ROLLBACK;
DO $$ BEGIN ROLLBACK AND CHAIN; END $$;
-- down
DROP PROCEDURE half();
DROP TABLE undone, turn_1, turn_3;

-- migration: constants beside dates and objects
CREATE TABLE days (d date, t timestamptz, s timestamp, i interval, v text, o oid);
INSERT INTO days VALUES ('2024-01-31', '2024-01-31', '2024-01-31', '1 day', 'days', 1);
SELECT d - '1 day' FROM days;
SELECT d - interval '1 day', d + '1 day'::interval, t - interval '1 week' FROM days;
SELECT t - '1 day' FROM days;
SELECT s - '2 hours' FROM days;
SELECT d + '1' FROM days;
SELECT i + '1 day' FROM days;
SELECT d > '3 months' FROM days;
SELECT now() - '30 days';
SELECT t FROM days WHERE t < now() - '1 year'::interval;
SELECT v::regclass = 'days' FROM days;
SELECT v::regclass = 'days'::regclass FROM days;
SELECT 1 FROM pg_constraint WHERE conrelid = 'public.days';
SELECT 1 FROM pg_class WHERE oid = 'x';
SELECT o = '7', o = '4294967295', o = '-1' FROM days;
SELECT o = '4294967296' FROM days;
SELECT o = '7x' FROM days;
ALTER TABLE days ALTER COLUMN d SET DEFAULT current_date - '1 day';
ALTER TABLE days ALTER COLUMN d SET DEFAULT 'a month';
-- down
DROP TABLE days;
