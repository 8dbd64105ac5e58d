-- UP MIGRATION
BEGIN;
CREATE TABLE marketing.a (a int);
PREPARE TRANSACTION 'a'; -- error: the transaction ends with `PREPARE TRANSACTION`
