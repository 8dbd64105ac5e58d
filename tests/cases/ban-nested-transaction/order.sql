-- case: migrations/001_a.sql, isolated
-- +goose Up
CREATE TABLE a (id bigint PRIMARY KEY);
COMMIT; -- warning: this ends the transaction that goose has opened
BEGIN;
CREATE TABLE b (id bigint PRIMARY KEY);
COMMIT;
-- +goose Down
BEGIN; -- warning: goose has opened a transaction already: this `BEGIN` does nothing
DROP TABLE b;
DROP TABLE a;
COMMIT;
-- case: migrations/002_b.sql, isolated
-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE c (id bigint PRIMARY KEY);
-- +goose Down
DROP TABLE c;
COMMIT; -- warning: no transaction is open here
