-- +goose Up
CREATE TABLE a (a int);

-- +goose Down
DROP TABLE a;
