-- case: 001_a.sql, isolated
CREATE TABLE objects (id bigint PRIMARY KEY);
CREATE TABLE others (id bigint PRIMARY KEY);
-- case: 002_b.sql, isolated
-- How often a loop is run may not be known; what comes behind it is.
DO $$
DECLARE
    moved int;
BEGIN
    LOOP
        moved := (SELECT count(*) FROM objects);
        EXIT WHEN moved < 1000;
    END LOOP;
    DROP TABLE objects; -- error: what `objects` holds is lost, and whoever still names the table fails
END $$;
-- case: 003_c.sql, isolated
DO $$
DECLARE
    moved int := 1;
BEGIN
    WHILE moved > 0 LOOP
        IF (SELECT count(*) FROM others) < 1000 THEN
            moved := 0;
        END IF;
    END LOOP;
    DROP TABLE others; -- error: what `others` holds is lost, and whoever still names the table fails
END $$;
