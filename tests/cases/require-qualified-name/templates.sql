CREATE TABLE ${prefix}users (a int);
CREATE TABLE {{ schema }}.t (a int);
ALTER TABLE users ADD COLUMN b int; -- error: `users` is written without its schema
