DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = 'archive') THEN
    CREATE SCHEMA archive; -- error: `archive` is not a managed schema, and it is created here
  END IF;
  EXECUTE 'CREATE TABLE attic.t (a int)'; -- error: `attic` is not a managed schema, and table `attic.t` is created in it
  EXECUTE format('CREATE TABLE %I.t (a int)', 'cellar');
  CREATE TABLE marketing.t (a int);
END
$$;
