-- UP MIGRATION
BEGIN;
CREATE TABLE marketing.a (a int);
COMMIT AND CHAIN; -- error: the migration has another transaction here
CREATE TABLE marketing.b (a int);
COMMIT;
