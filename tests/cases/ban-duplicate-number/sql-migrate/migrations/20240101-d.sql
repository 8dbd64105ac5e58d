-- +migrate Up
CREATE TABLE d (id int);

-- +migrate Down
DROP TABLE d;
