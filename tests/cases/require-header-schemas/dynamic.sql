-- Schemas: marketing, bit
CREATE TABLE marketing.a (a int);
DO $$
DECLARE name text;
BEGIN
  FOR name IN SELECT 'x' LOOP EXECUTE format('DROP TABLE %I', name); END LOOP;
END
$$;
