-- case: migrations/001_a.sql, isolated
-- +goose Up
CREATE TABLE a (id bigint PRIMARY KEY);
COMMIT; -- warning: this ends the transaction that goose has opened
CREATE TABLE b (id bigint PRIMARY KEY);
-- case: migrations/002_b.sql, isolated
-- +goose Up
BEGIN; -- warning: goose has opened a transaction already: this `BEGIN` does nothing
CREATE TABLE c (id bigint PRIMARY KEY);
-- case: migrations/003_c.sql, isolated
-- +goose NO TRANSACTION
-- +goose Up
BEGIN;
CREATE TABLE d (id bigint PRIMARY KEY);
COMMIT;
-- case: migrations/004_d.sql, isolated
-- +goose Up
SAVEPOINT s;
CREATE TABLE e (id bigint PRIMARY KEY);
RELEASE SAVEPOINT s;
