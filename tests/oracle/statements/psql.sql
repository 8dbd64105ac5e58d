-- What psql reads before the server does: meta-commands, variables, the data of COPY.
\set ON_ERROR_STOP on
\echo 'it''s; not sql' \\ SELECT 1;
SELECT 1 \g
SELECT 2 \gx
SELECT 'CREATE TABLE x' \gexec
SELECT 3 AS three \gset prefix_
SELECT 4 \gdesc
SELECT 5 \crosstabview a b
SELECT 6 \watch 1
SELECT 7 \; SELECT 8;
\i other.sql
\c outreach
\d a \d b
\copy a from '/tmp/x' csv
\copy b from stdin
1	not; sql 'here
\.
COPY a (b, c) FROM stdin;
1	it's; (not sql
2	-- nor this /*
\.
SELECT 9; COPY a FROM STDIN; SELECT 10; -- the rest of the line is SQL
x
\.
COPY a FROM stdin WITH (FORMAT csv) WHERE b > 0;
"quoted; text",$$
\.
SELECT '\set inside a string', $$\. inside $$, E'\\' "\c";
SELECT /* \set in a comment */ 11; -- \set
SELECT
\if true
  12
\endif
;
COPY a TO stdout;
SELECT
    a[1:2],
    b::int,
    c :: text;
\! rm 'unterminated
\unset x
-- rejected
SELECT :x;
-- rejected
SELECT :'x', :"y";
-- rejected
INSERT INTO :schema.a VALUES (:{?x});
-- rejected
CREATE TABLE ${schema}.a (id int);
-- rejected
CREATE TABLE {{ schema }}.a (id int);
-- rejected
{% if x %} SELECT 1;
-- rejected
SELECT * FROM "{{ index .Options "Namespace" }}".a;
-- rejected
COPY a FROM stdin stdin;
SELECT 13;
COPY a FROM stdin;
the end of the file ends the data; too
