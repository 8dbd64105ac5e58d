-- DO blocks: the ways in which migrations guard what they do.
DO $$ BEGIN CREATE TYPE t AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'slot_kind') THEN
        CREATE TYPE marketing.slot_kind AS ENUM ('CEO', 'CFO');
    END IF;
END
$$;
DO $do$
DECLARE
    r record;
BEGIN
    FOR r IN SELECT tablename FROM pg_tables WHERE schemaname = 'marketing' LOOP
        EXECUTE format('ALTER TABLE marketing.%I ENABLE ROW LEVEL SECURITY', r.tablename);
    END LOOP;
END;
$do$;
DO LANGUAGE plpgsql $$ BEGIN NULL; END $$;
DO $$ BEGIN NULL; END $$ LANGUAGE plpgsql;
DO $$ BEGIN NULL; END $$ LANGUAGE 'plpgsql';
DO LANGUAGE "PLpgSQL" 'BEGIN NULL; END';
DO 'BEGIN
    EXECUTE ''ALTER TABLE a ADD COLUMN b int'';
END';
DO E'BEGIN\n  RAISE NOTICE \'x\';\nEND';
DO $$ BEGIN IF to_regclass('marketing.company') IS NULL THEN CREATE TABLE marketing.company (id int); END IF; END $$;
DO $$
BEGIN
    ALTER TABLE a ADD CONSTRAINT c CHECK (b > 0);
EXCEPTION
    WHEN duplicate_object THEN RAISE NOTICE 'already there';
    WHEN undefined_table OR SQLSTATE '42P01' THEN NULL;
END $$;
DO $a$ BEGIN EXECUTE $b$ SELECT $c$ x $c$ $b$; END $a$;
DO $$ this is not checked; at all '( $$;
DO '';
DO $$$$;
DO LANGUAGE plpgsql LANGUAGE sql 'x';
DO LANGUAGE sql;
DO $ü$ BEGIN END $ü$;
DO U&'BEGIN \004e\0055LL; END';
DO $A$ BEGIN -- $a$ is another tag
END $A$;
-- rejected
DO;
-- rejected
DO BEGIN NULL;
END;
-- rejected
DO $ BEGIN NULL;
-- rejected
END $;
-- rejected
DO $$ BEGIN NULL; END $$ plpgsql;
-- rejected
DO $$ BEGIN NULL; END $$ LANGUAGE;
-- rejected
DO $1$ BEGIN NULL;
-- rejected
END $1$;
-- rejected
DO AS $$ BEGIN NULL; END $$;
-- rejected
DO $$ BEGIN NULL; END $$ AS 'x';
-- rejected
DO IF NOT EXISTS $$ BEGIN NULL; END $$;
-- rejected
RAISE NOTICE 'top level';
-- rejected
RAISE EXCEPTION 'x';
-- rejected
IF NOT EXISTS (SELECT 1) THEN CREATE TABLE a (b int);
-- rejected
END IF;
-- rejected
FOR r IN SELECT 1 LOOP
    INSERT INTO a VALUES (1);
-- rejected
END LOOP;
-- rejected
PERFORM f();
-- rejected
RETURN 1;
-- rejected
x := 1;
-- rejected
NULL;
-- rejected
LOOP;
-- rejected
EXCEPTION WHEN others THEN NULL;
-- rejected
GET DIAGNOSTICS n = ROW_COUNT;
-- rejected
ASSERT 1 = 1;
-- rejected
WHILE true LOOP;
