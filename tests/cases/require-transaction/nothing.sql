CREATE TABLE marketing.a (a int); -- error: no `BEGIN` opens a transaction around the migration
COMMIT;
