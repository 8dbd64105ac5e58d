-- case: 001_a.sql
CREATE TABLE IF NOT EXISTS marketing.t (a INT);
-- case: 002_b.sql
CREATE FUNCTION marketing.make() RETURNS VOID LANGUAGE plpgsql AS $$ -- error: function `marketing.make` is created without `OR REPLACE`
BEGIN
  NULL;
END
$$;
-- case: 003_c.sql
ALTER TABLE marketing.t ADD COLUMN b INT; -- error: column `b` of `marketing.t` is added without `IF NOT EXISTS`
