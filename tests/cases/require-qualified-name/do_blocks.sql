DO $$
BEGIN
  CREATE TABLE company (a int); -- error: `company` is written without its schema, here and in 2 more places
  ALTER TABLE marketing.people ADD FOREIGN KEY (b) REFERENCES company (a);
EXCEPTION WHEN duplicate_table THEN NULL;
END
$$;
DO 'BEGIN EXECUTE ''ALTER TABLE company ADD COLUMN b int''; END';
