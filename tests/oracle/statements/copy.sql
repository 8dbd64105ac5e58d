-- COPY, without data: the forms from STDIN are in psql.sql, where psql reads their rows.
COPY a TO STDOUT;
COPY marketing.a (b, "C") TO STDOUT WITH (FORMAT csv, HEADER);
COPY a FROM '/tmp/a.csv';
COPY a FROM '/tmp/a.csv' WITH (FORMAT csv, HEADER match, DELIMITER ';', NULL '', QUOTE '"', ESCAPE '\', ENCODING 'UTF8');
COPY a (b) FROM '/tmp/a' (FORCE_NOT_NULL (b, c), FORCE_NULL (d), ON_ERROR ignore, LOG_VERBOSITY verbose, REJECT_LIMIT 10);
COPY a FROM '/tmp/a' (FORCE_NULL *, FORCE_NOT_NULL *, FREEZE, DEFAULT 'x');
COPY a FROM '/tmp/a' WHERE b > 0;
COPY a FROM PROGRAM 'gunzip -c x' WITH (FORMAT binary);
COPY a TO PROGRAM 'gzip > x';
COPY (SELECT * FROM a JOIN b USING (id)) TO STDOUT;
COPY (SELECT 1) TO '/tmp/x' WITH (FORMAT csv, FORCE_QUOTE *);
COPY (SELECT 1) TO '/tmp/x' WITH (FORCE_QUOTE (a, b));
COPY (INSERT INTO a VALUES (1) RETURNING *) TO STDOUT;
COPY (UPDATE a SET b = 1 RETURNING id) TO STDOUT;
COPY (DELETE FROM a RETURNING id) TO STDOUT;
COPY (VALUES (1, 2)) TO STDOUT;
COPY (WITH x AS (SELECT * FROM marketing.y) TABLE x) TO STDOUT;
COPY a FROM '/tmp/x' CSV;
COPY a FROM '/tmp/x' WITH CSV HEADER DELIMITER AS ',' NULL AS '' QUOTE AS '"' ESCAPE AS '\';
COPY a FROM '/tmp/x' DELIMITERS ',';
COPY a FROM '/tmp/x' USING DELIMITERS '|' WITH NULL 'x';
COPY BINARY a FROM '/tmp/x';
COPY a FROM '/tmp/x' WITH BINARY;
COPY a TO '/tmp/x' CSV FORCE QUOTE b, c;
COPY a TO '/tmp/x' CSV FORCE QUOTE *;
COPY a FROM '/tmp/x' CSV FORCE NOT NULL b FORCE NULL c ENCODING 'UTF8' FREEZE;
COPY a FROM '/tmp/x' CSV FORCE NOT NULL *;
COPY a FROM STDOUT;

\.
-- rejected
COPY a;
-- rejected
COPY a FROM;
-- rejected
COPY a FROM x;
-- rejected
COPY a FROM "/tmp/x";
-- rejected
COPY a TO '/tmp/x' WHERE b > 0;
-- rejected
COPY a FROM PROGRAM STDIN;
-- rejected
COPY a FROM '/tmp/x' WITH (FORMAT = csv);
-- rejected
COPY a FROM '/tmp/x' WITH ();
-- rejected
COPY a FROM '/tmp/x' FORMAT csv;
-- rejected
COPY SELECT 1 TO STDOUT;
-- rejected
COPY (SELECT 1) FROM STDIN;
-- rejected
COPY (SELECT 1) (a) TO STDOUT;
-- rejected
COPY INTO a FROM '/tmp/x';
-- rejected
COPY TABLE a TO STDOUT;
-- rejected
BULK INSERT a FROM 'x';
-- rejected
LOAD DATA INFILE 'x' INTO TABLE a;
