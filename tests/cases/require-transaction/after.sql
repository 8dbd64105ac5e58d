-- UP MIGRATION
BEGIN;
CREATE TABLE marketing.a (a int);
COMMIT;
COMMENT ON TABLE marketing.a IS 'x'; -- error: 2 statements stand after `COMMIT`, outside the transaction
GRANT SELECT ON marketing.a TO reader;
