-- UP MIGRATION
BEGIN;
CREATE TABLE marketing.a (a int);
ROLLBACK; -- error: the transaction ends with `ROLLBACK`: it takes back all that the migration has done
