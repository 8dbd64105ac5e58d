-- Statements of SQLite, MySQL, SQL Server and Oracle, and of nobody.
-- rejected
PRAGMA foreign_keys = ON;
-- rejected
ATTACH DATABASE 'x.db' AS x;
-- rejected
CREATE VIRTUAL TABLE t USING fts5(a, b);
-- rejected
CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY AUTOINCREMENT, at DATETIME DEFAULT (datetime('now')));
-- rejected
CREATE TABLE t (id INTEGER PRIMARY KEY ON CONFLICT REPLACE);
-- rejected
INSERT OR ABORT INTO t VALUES (1);
-- rejected
CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET b = 1;
-- rejected
SELECT * FROM t INDEXED BY i;
-- rejected
CREATE TEMP TRIGGER t AFTER INSERT ON a FOR EACH ROW EXECUTE FUNCTION f();
-- rejected
ALTER TABLE t RENAME TO marketing.u;
-- rejected
DETACH DATABASE x;
-- rejected
SHOW TABLES LIKE 'a%';
-- rejected
SHOW CREATE TABLE t;
-- rejected
DESCRIBE t;
-- rejected
DESC t;
-- rejected
USE marketing;
-- rejected
CREATE TABLE t (id INT UNSIGNED NOT NULL AUTO_INCREMENT, PRIMARY KEY (id)) ENGINE=InnoDB;
-- rejected
CREATE TABLE t (a TINYINT(1) ZEROFILL);
-- rejected
ALTER TABLE t ADD COLUMN a INT NOT NULL AFTER b, ADD INDEX i (a);
-- rejected
ALTER TABLE t DROP FOREIGN KEY fk, DROP INDEX i;
-- rejected
LOCK TABLES t READ;
-- rejected
UNLOCK TABLES;
-- rejected
RENAME TABLE a TO b;
-- rejected
FLUSH PRIVILEGES;
-- rejected
OPTIMIZE TABLE t;
-- rejected
START SLAVE;
-- rejected
CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM t;
-- rejected
INSERT INTO t (a) VALUES (1) AS new ON DUPLICATE KEY UPDATE a = new.a;
-- rejected
SELECT `a` FROM `t`;
-- rejected
SELECT IFNULL(a, b) FROM t LIMIT 1, 2;
-- rejected
CREATE TABLE #t (a int);
-- rejected
CREATE TABLE [dbo].[t] ([id] INT IDENTITY(1,1) NOT NULL);
CREATE TABLE t (a NVARCHAR(MAX) NOT NULL DEFAULT N'x');
-- rejected
IF OBJECT_ID('t') IS NULL CREATE TABLE t (a int);
-- rejected
EXEC sp_rename 'a', 'b';
-- rejected
PRINT 'x';
-- rejected
DECLARE @a INT = 1;
-- rejected
SELECT @a = 1 FROM [t];
-- rejected
ALTER TABLE t ADD a int NULL CONSTRAINT d DEFAULT 1 WITH VALUES;
-- rejected
CREATE NONCLUSTERED INDEX i ON t (a);
-- rejected
CREATE INDEX i ON t (a) INCLUDE (b) WITH (ONLINE = ON) ON [PRIMARY];
-- rejected
DROP TABLE t PURGE;
-- rejected
CREATE TABLE t (a VARCHAR2(10 CHAR));
-- rejected
CREATE TABLE t (a NUMBER(10) GENERATED ALWAYS AS IDENTITY ENABLE);
-- rejected
ALTER TABLE t ADD (a int, b int);
-- rejected
ALTER TABLE t MODIFY (a int);
-- rejected
CREATE SYNONYM s FOR t;
-- rejected
CREATE PACKAGE p AS x int;
-- rejected
SELECT 1 FROM dual CONNECT BY LEVEL < 5;
-- rejected
SELECT a FROM t WHERE a(+) = b;
-- rejected
CREATE TABLE t CLUSTER BY (a);
-- rejected
CREATE TABLE t (a int) COLLATE utf8_bin;
-- rejected
CREATE TABLE t (a STRUCT<b: int>);
-- rejected
SELECT * FROM t SAMPLE 10;
-- rejected
OPTIMIZE t;
-- rejected
UPSERT INTO t VALUES (1);
-- rejected
CREATE ASSERTION a CHECK (true);
-- rejected
CREATE TABLE t (a int) RETURNING *;
-- rejected
CREATE UNIQUE CONSTRAINT c ON t (a);
-- rejected
CREATE CONSTRAINT c ON t CHECK (a > 0);
-- rejected
CREATE TABLE IF NOT EXIST t (a int);
-- rejected
CREATE TABEL t (a int);
-- rejected
CRAETE TABLE t (a int);
-- rejected
CREATE;
-- rejected
ALTER;
-- rejected
DROP;
-- rejected
DROP COLUMN a;
-- rejected
DROP CONSTRAINT c;
-- rejected
DROP DATABASE IF EXIST d;
-- rejected
DROP TABLE IF EXITS t;
-- rejected
ADD COLUMN a int;
-- rejected
ADD CONSTRAINT c CHECK (a > 0);
-- rejected
ALTER TABLE t
    ADD COLUMN a int
    ADD COLUMN b int;
-- rejected
ALTER TABLE t ADD COLUMN a int NOT NULL DEFAULT 0 UNIQUE,
    ADD COLUMN b;
-- rejected
CREATE TABLE t (
    id uuid PRIMARY KEY
    name text NOT NULL
);
-- rejected
CREATE TABLE t (
    id uuid PRIMARY KEY,
    name text NOT NULL,
);
-- rejected
CREATE TABLE t (
    id uuid PRIMARY KEY,
    FOREIGN KEY company_id REFERENCES company (id)
);
-- rejected
CREATE TABLE t id int;
-- rejected
CREATE TABLE CREATE TABLE t (a int);
-- rejected
CREATE TABLE TABLE t (a int);
-- rejected
INSERT INTO INTO t VALUES (1);
-- rejected
SELECT SELECT 1;
-- rejected
ALTER TABLE TABLE t ADD a int;
-- rejected
DROP TABLE TABLE t;
-- rejected
CREATE INDEX INDEX i ON t (a);
-- rejected
BEGIN BEGIN;
-- rejected
COMMIT COMMIT;
-- rejected
SET SET x = 1;
UPDATE UPDATE t SET a = 1;
-- rejected
GRANT GRANT SELECT ON t TO bob;
