-- UP MIGRATION
CREATE TABLE marketing.a (a int); -- error: no `BEGIN` opens a transaction around the migration
CREATE TABLE marketing.b (a int);
