-- UP MIGRATION
CREATE SCHEMA IF NOT EXISTS marketing; -- error: this statement stands before `BEGIN`, outside the transaction
BEGIN;
CREATE TABLE marketing.a (a int);
COMMIT;
