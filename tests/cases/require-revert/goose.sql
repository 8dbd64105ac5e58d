-- case: db/00001_a.sql, isolated
-- +goose Up
CREATE TABLE t (a int);
CREATE TABLE u (a int);

-- +goose Down -- error: left behind: table `public.u`
DROP TABLE t;
