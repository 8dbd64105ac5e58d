-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY, b text, c text);
CREATE TABLE flags (name text);
INSERT INTO flags VALUES ('on');
-- case: 002_rows_decide.sql, isolated
DO $$ DECLARE n bigint; BEGIN
    IF EXISTS (SELECT FROM flags WHERE name = 'off') THEN
        ALTER TABLE a ALTER COLUMN b SET NOT NULL; -- error: making `b` NOT NULL reads all of `a`
    END IF;
    IF EXISTS (SELECT FROM flags WHERE name = 'on') THEN
        NULL;
    ELSE
        ALTER TABLE a ALTER COLUMN c SET NOT NULL; -- error: making `c` NOT NULL reads all of `a`
    END IF;
    SELECT count(*) INTO n FROM flags;
    IF n > 1 THEN
        RETURN;
    END IF;
    IF n = 1 THEN
        NULL;
    ELSIF EXISTS (SELECT FROM pg_class WHERE relname = 'a') THEN
        ALTER TABLE flags ALTER COLUMN name SET NOT NULL; -- error: making `name` NOT NULL reads all of `flags`
    END IF;
END $$;
-- case: 003_the_schema_decides.sql, isolated
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM information_schema.columns WHERE table_name = 'a' AND column_name = 'b') THEN
        ALTER TABLE a ALTER COLUMN b SET NOT NULL;
    END IF;
END $$;
-- case: 004_own_rows_decide.sql, isolated
CREATE TABLE own (name text);
INSERT INTO own VALUES ('on');
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM own) THEN
        ALTER TABLE a ALTER COLUMN b SET NOT NULL;
    END IF;
END $$;
-- case: 005_behind_what_is_opaque.sql, isolated
ALTER TABLE a ADD COLUMN d text, ADD COLUMN e text, ADD COLUMN f text, ADD COLUMN g text, ADD COLUMN h text;
DO $$ DECLARE r text; BEGIN
    EXECUTE current_setting('my.statement');
    ALTER TABLE a ALTER COLUMN d SET NOT NULL; -- error: making `d` NOT NULL reads all of `a`
    FOR r IN EXECUTE current_setting('my.query') LOOP
        ALTER TABLE a ALTER COLUMN e SET NOT NULL; -- error: making `e` NOT NULL reads all of `a`
    END LOOP;
    WHILE current_setting('my.switch')::boolean LOOP
        ALTER TABLE a ALTER COLUMN f SET NOT NULL; -- error: making `f` NOT NULL reads all of `a`
    END LOOP;
    FOREACH r IN ARRAY string_to_array(current_setting('my.list'), ',') LOOP
        ALTER TABLE a ALTER COLUMN g SET NOT NULL; -- error: making `g` NOT NULL reads all of `a`
    END LOOP;
    BEGIN
        EXECUTE current_setting('my.statement');
    EXCEPTION WHEN undefined_table THEN
        ALTER TABLE a ALTER COLUMN h SET NOT NULL; -- error: making `h` NOT NULL reads all of `a`
    END;
END $$;
-- case: 006_loops_over_rows.sql, isolated
ALTER TABLE a ADD COLUMN i text;
DO $$ DECLARE r record; BEGIN
    FOR r IN SELECT name FROM flags WHERE name = 'off' LOOP
        ALTER TABLE a ALTER COLUMN i SET NOT NULL; -- error: making `i` NOT NULL reads all of `a`
    END LOOP;
END $$;
