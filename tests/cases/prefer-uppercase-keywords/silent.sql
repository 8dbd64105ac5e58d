CREATE TABLE comment (id bigint PRIMARY KEY, name text, type text, at timestamp with time zone, "end" int);
DELETE FROM comment USING role WHERE role.user_id = comment.id AND comment.end > 1;
ALTER TABLE comment RENAME COLUMN name TO title;
SELECT type AS end, now() FROM comment;
DO $$ begin perform 1; end $$;
COMMENT ON TABLE comment IS 'select from where';
