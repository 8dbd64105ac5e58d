-- COMMENT ON everything.
COMMENT ON ACCESS METHOD heap IS 'x';
COMMENT ON AGGREGATE marketing.a (int, text) IS 'x';
COMMENT ON AGGREGATE a (*) IS 'x';
COMMENT ON AGGREGATE a (float8 ORDER BY int) IS NULL;
COMMENT ON CAST (text AS int) IS 'x';
COMMENT ON CAST (marketing.a[] AS timestamp with time zone) IS 'x';
COMMENT ON COLLATION marketing.c IS 'x';
COMMENT ON COLUMN a.b IS 'x';
COMMENT ON COLUMN marketing.company."Name" IS 'The company''s name';
COMMENT ON COLUMN outreach.marketing.company.id IS 'x';
COMMENT ON CONSTRAINT c ON a IS 'x';
COMMENT ON CONSTRAINT "C" ON marketing.a IS 'x';
COMMENT ON CONSTRAINT c ON DOMAIN marketing.d IS 'x';
COMMENT ON CONVERSION c IS 'x';
COMMENT ON DATABASE outreach IS 'x';
COMMENT ON DOMAIN marketing.d IS 'x';
COMMENT ON EVENT TRIGGER t IS 'x';
COMMENT ON EXTENSION pg_trgm IS 'x';
COMMENT ON FOREIGN DATA WRAPPER w IS 'x';
COMMENT ON FOREIGN TABLE marketing.f IS 'x';
COMMENT ON FUNCTION f(int, OUT text) IS 'x';
COMMENT ON FUNCTION marketing.f IS 'x';
COMMENT ON INDEX marketing.i IS 'x';
COMMENT ON LANGUAGE plpgsql IS 'x';
COMMENT ON PROCEDURAL LANGUAGE plpgsql IS 'x';
COMMENT ON LARGE OBJECT 1234 IS 'x';
COMMENT ON MATERIALIZED VIEW marketing.v IS 'x';
COMMENT ON OPERATOR + (int, int) IS 'x';
COMMENT ON OPERATOR marketing.@@ (text, NONE) IS 'x';
COMMENT ON OPERATOR - (NONE, int) IS 'x';
COMMENT ON OPERATOR CLASS marketing.o USING btree IS 'x';
COMMENT ON OPERATOR FAMILY o USING gist IS 'x';
COMMENT ON POLICY p ON marketing.a IS 'x';
COMMENT ON PROCEDURE p(int) IS 'x';
COMMENT ON PUBLICATION p IS 'x';
COMMENT ON ROLE bob IS 'x';
COMMENT ON ROUTINE r IS 'x';
COMMENT ON RULE r ON marketing.a IS 'x';
COMMENT ON SCHEMA marketing IS 'Companies, people and slots';
COMMENT ON SEQUENCE marketing.s IS 'x';
COMMENT ON SERVER s IS 'x';
COMMENT ON STATISTICS marketing.s IS 'x';
COMMENT ON SUBSCRIPTION s IS 'x';
COMMENT ON TABLE a IS 'x';
COMMENT ON TABLE marketing.company_master IS 'Doctrine ID: 04.04.02.04.30000.###';
COMMENT ON TABLE "Weird Table" IS E'two\nlines';
COMMENT ON TABLE a IS $$it's; here$$;
COMMENT ON TABLE a IS $tag$x$$y$tag$;
COMMENT ON TABLE a IS U&'d\0061t\+000061';
COMMENT ON TABLE a IS U&'d!0061ta' UESCAPE '!';
COMMENT ON TABLE a IS 'one '
    'and two';
-- rejected
COMMENT ON TABLE a IS N'x';
COMMENT ON TABLE a IS '';
COMMENT ON TABLE a IS NULL;
COMMENT ON TABLE a IS 'ünïcödé – “quotes” 日本';
COMMENT ON TABLESPACE ts IS 'x';
COMMENT ON TEXT SEARCH CONFIGURATION marketing.c IS 'x';
COMMENT ON TEXT SEARCH DICTIONARY d IS 'x';
COMMENT ON TEXT SEARCH PARSER p IS 'x';
COMMENT ON TEXT SEARCH TEMPLATE t IS 'x';
COMMENT ON TRANSFORM FOR marketing.hstore LANGUAGE plpython3u IS 'x';
COMMENT ON TRIGGER t ON marketing.a IS 'x';
COMMENT ON TYPE marketing.t IS 'x';
COMMENT ON TYPE int4 IS 'x';
COMMENT ON VIEW marketing.v IS 'x';
-- rejected
COMMENT ON a IS 'x';
-- rejected
COMMENT ON TABLE a 'x';
-- rejected
COMMENT ON TABLE a IS;
-- rejected
COMMENT ON TABLE a IS "x";
-- rejected
COMMENT ON TABLE a IS 'x' || 'y';
-- rejected
COMMENT ON TABLE a IS 'it's';

';
-- rejected
COMMENT ON TABLE a AS 'x';
-- rejected
COMMENT ON TABLE a = 'x';
-- rejected
COMMENT ON TABLE IF EXISTS a IS 'x';
-- rejected
COMMENT ON TABLE a, b IS 'x';
-- rejected
COMMENT ON COLUMN b IS;
-- rejected
COMMENT ON COLUMN a(b) IS 'x';
-- rejected
COMMENT ON CONSTRAINT c IS 'x';
-- rejected
COMMENT ON TRIGGER t IS 'x';
-- rejected
COMMENT ON POLICY p IS 'x';
-- rejected
COMMENT ON USER bob IS 'x';
-- rejected
COMMENT ON CAST text AS int IS 'x';
-- rejected
COMMENT ON OPERATOR + IS 'x';
-- rejected
COMMENT ON OPERATOR CLASS o IS 'x';
-- rejected
COMMENT ON TABLE a IS 42;
-- rejected
COMMENT TABLE a IS 'x';
