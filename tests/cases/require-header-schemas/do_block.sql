-- Schemas: marketing -- error: leaves out `bit` and `intake`
DO $$
BEGIN
  CREATE TABLE marketing.a (a int);
  EXECUTE 'ALTER TABLE bit.events ADD COLUMN a int';
EXCEPTION WHEN others THEN
  DELETE FROM intake.rows;
END
$$;
