-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY, b int);
CREATE INDEX a_b ON a (b);
REINDEX TABLE a;
-- case: 002_b.sql, isolated
REINDEX TABLE a; -- error: queries wait for each index of `a` that is built
REINDEX INDEX a_b; -- error: building `a_b` again keeps everybody from writing to its table
REINDEX (CONCURRENTLY) TABLE a;
REINDEX (VERBOSE, CONCURRENTLY false) TABLE a; -- error: queries wait for each index of `a` that is built
REINDEX INDEX CONCURRENTLY a_b;
REINDEX SCHEMA public; -- error: building these again
REINDEX SCHEMA CONCURRENTLY public;
REINDEX SYSTEM;
CREATE TABLE n (id bigint PRIMARY KEY);
REINDEX TABLE n;
