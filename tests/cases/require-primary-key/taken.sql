CREATE TABLE a (id bigint PRIMARY KEY, b bigint NOT NULL UNIQUE);
ALTER TABLE a DROP CONSTRAINT a_pkey; -- warning: this takes the primary key of `a`, and no migration adds another
CREATE TABLE b (id bigint PRIMARY KEY);
ALTER TABLE b DROP CONSTRAINT b_pkey, ADD PRIMARY KEY (id);
CREATE TABLE c (id bigint PRIMARY KEY, x int);
ALTER TABLE c
  DROP COLUMN id; -- warning: this takes the primary key of `c`, and no migration adds another
