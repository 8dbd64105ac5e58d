-- What the block drops can't be told.
DO $$
DECLARE
  found RECORD;
BEGIN
  FOR found IN SELECT policyname FROM pg_policies WHERE tablename = 'a' LOOP
    EXECUTE format('DROP POLICY %I ON marketing.a', found.policyname);
  END LOOP;
END
$$;
CREATE POLICY p ON marketing.a USING (true);
CREATE TYPE marketing.kind AS ENUM ('a'); -- error: type `marketing.kind` is created without a guard

CREATE FUNCTION pg_temp.clean() RETURNS VOID LANGUAGE plpgsql AS $$
BEGIN
  DROP DOMAIN IF EXISTS marketing.dom;
END
$$;
SELECT pg_temp.clean();
CREATE DOMAIN marketing.dom AS INT;
