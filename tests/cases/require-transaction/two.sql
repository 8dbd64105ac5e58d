-- UP MIGRATION
BEGIN;
CREATE TABLE marketing.a (a int);
COMMIT;
BEGIN; -- error: the migration has another transaction here
CREATE TABLE marketing.b (a int);
COMMIT;
