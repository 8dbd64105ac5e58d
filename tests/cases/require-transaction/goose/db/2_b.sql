-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE a (a int); -- error: no `BEGIN` opens a transaction around the migration

-- +goose Down
DROP TABLE a;
