-- UP MIGRATION
BEGIN;
CREATE TABLE marketing.a (a int);
BEGIN; -- error: this `BEGIN` does nothing: a transaction is open already
CREATE TABLE marketing.b (a int);
COMMIT;
COMMIT; -- error: this ends no transaction: none is open
