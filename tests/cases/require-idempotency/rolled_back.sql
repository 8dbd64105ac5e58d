BEGIN;
CREATE TABLE marketing.tried (id INT);
INSERT INTO marketing.old VALUES (1);
ROLLBACK;
BEGIN;
CREATE TABLE marketing.kept (id INT); -- error: table `marketing.kept` is created without `IF NOT EXISTS`
COMMIT;
