-- +migrate Up
CREATE TABLE c (id int);

-- +migrate Down
DROP TABLE c;
