-- UP MIGRATION
BEGIN; -- error: this transaction never ends: no `COMMIT` follows
CREATE TABLE marketing.a (a int);
