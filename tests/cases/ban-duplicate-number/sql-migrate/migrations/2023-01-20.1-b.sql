-- +migrate Up
CREATE TABLE b (id int);

-- +migrate Down
DROP TABLE b;
