-- case: ctb/data/migrations/001_a.sql
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE VIEW v AS SELECT id FROM a;
