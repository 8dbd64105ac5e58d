-- case: migrations/20240103000000_a.sql, isolated
-- +goose Up
CREATE TABLE t (id bigint PRIMARY KEY, e int);
-- +goose Down
DROP TABLE t;
-- case: migrations/20240104000000_b.sql, isolated
-- +goose NO TRANSACTION
-- +goose Up
-- +goose StatementBegin
ALTER TABLE t ADD e1 int;
ALTER TABLE t ADD CONSTRAINT one CHECK (e IS NOT NULL) NOT VALID;
-- +goose StatementEnd
-- +goose StatementBegin
ALTER TABLE t VALIDATE CONSTRAINT one;
ALTER TABLE t ADD e2 int;
-- +goose StatementEnd
ALTER TABLE t ADD CONSTRAINT two CHECK (e > 1) NOT VALID;
-- +goose StatementBegin
ALTER TABLE t ADD e3 int;
ALTER TABLE t VALIDATE CONSTRAINT two;
-- +goose StatementEnd
-- +goose StatementBegin
ALTER TABLE t ADD CONSTRAINT three CHECK (e > 1) NOT VALID;
ALTER TABLE t VALIDATE CONSTRAINT three; -- error: the transaction that added the constraint
-- +goose StatementEnd
