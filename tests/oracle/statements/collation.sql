-- Collations and conversions.
CREATE COLLATION c (locale = 'de_DE');
CREATE COLLATION IF NOT EXISTS marketing.c (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE COLLATION c (LC_COLLATE = 'C', LC_CTYPE = 'C', VERSION = '1', RULES = '&a < b');
CREATE COLLATION c FROM "C";
CREATE COLLATION IF NOT EXISTS marketing.c FROM pg_catalog."de-x-icu";
ALTER COLLATION c REFRESH VERSION;
ALTER COLLATION marketing.c RENAME TO d;
ALTER COLLATION c OWNER TO bob;
ALTER COLLATION c SET SCHEMA marketing;
DROP COLLATION c;
DROP COLLATION IF EXISTS marketing.c, "D" CASCADE;
-- rejected
CREATE COLLATION c;
-- rejected
CREATE COLLATION c FROM 'C';
-- rejected
CREATE COLLATION c locale = 'x';
-- rejected
CREATE OR REPLACE COLLATION c FROM "C";
-- rejected
ALTER COLLATION c REFRESH;
