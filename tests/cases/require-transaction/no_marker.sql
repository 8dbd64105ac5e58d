BEGIN; -- error: no `-- UP MIGRATION` stands above the first statement
CREATE TABLE marketing.a (a int);
COMMIT;
