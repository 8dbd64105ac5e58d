BEGIN;
-- UP MIGRATION -- error: `-- UP MIGRATION` stands below the first statement
CREATE TABLE marketing.a (a int);
COMMIT;
