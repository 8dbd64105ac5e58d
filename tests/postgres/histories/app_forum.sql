-- migration: 1
CREATE TABLE users (id serial PRIMARY KEY, name varchar(20) NOT NULL, password_encrypted text NOT NULL, email text UNIQUE, admin boolean DEFAULT false NOT NULL, published timestamp NOT NULL DEFAULT now(), UNIQUE (name));
-- down
DROP TABLE users;
-- migration: 2
CREATE TABLE community (id serial PRIMARY KEY, name varchar(20) NOT NULL UNIQUE, title varchar(100) NOT NULL, creator_id int REFERENCES users ON UPDATE CASCADE ON DELETE CASCADE NOT NULL, removed boolean DEFAULT false NOT NULL);
CREATE TABLE community_moderator (id serial PRIMARY KEY, community_id int REFERENCES community ON UPDATE CASCADE ON DELETE CASCADE NOT NULL, user_id int REFERENCES users ON UPDATE CASCADE ON DELETE CASCADE NOT NULL, UNIQUE (community_id, user_id));
INSERT INTO users (name, password_encrypted) VALUES ('system', 'x');
INSERT INTO community (name, title, creator_id) VALUES ('main', 'The default community', 1);
-- down
DROP TABLE community_moderator;
DROP TABLE community;
-- migration: 3
CREATE TABLE post (id serial PRIMARY KEY, name varchar(100) NOT NULL, url text, body text, creator_id int REFERENCES users ON UPDATE CASCADE ON DELETE CASCADE NOT NULL, community_id int REFERENCES community ON UPDATE CASCADE ON DELETE CASCADE NOT NULL, score int NOT NULL DEFAULT 0, published timestamp NOT NULL DEFAULT now());
CREATE TABLE post_like (id serial PRIMARY KEY, post_id int REFERENCES post ON DELETE CASCADE NOT NULL, user_id int REFERENCES users ON DELETE CASCADE NOT NULL, score smallint NOT NULL, UNIQUE (post_id, user_id));
-- down
DROP TABLE post_like;
DROP TABLE post;
-- migration: 4
CREATE TABLE comment (id serial PRIMARY KEY, creator_id int REFERENCES users NOT NULL, post_id int REFERENCES post ON DELETE CASCADE NOT NULL, parent_id int REFERENCES comment ON DELETE CASCADE, content text NOT NULL, published timestamp NOT NULL DEFAULT now());
-- down
DROP TABLE comment;
-- migration: 5
CREATE VIEW post_view AS
WITH all_post AS (
  SELECT p.*, (SELECT u.name FROM users u WHERE p.creator_id = u.id) AS creator_name,
    (SELECT count(*) FROM comment WHERE comment.post_id = p.id) AS number_of_comments,
    coalesce(sum(pl.score), 0) AS likes,
    count(CASE WHEN pl.score = 1 THEN 1 ELSE NULL END) AS upvotes
  FROM post p LEFT JOIN post_like pl ON p.id = pl.post_id GROUP BY p.id
)
SELECT ap.*, u.id AS user_id, coalesce(pl.score, 0) AS my_vote FROM users u CROSS JOIN all_post ap LEFT JOIN post_like pl ON u.id = pl.user_id AND ap.id = pl.post_id
UNION ALL
SELECT ap.*, NULL AS user_id, NULL AS my_vote FROM all_post ap;
-- down
DROP VIEW post_view;
-- migration: 6 under the view
ALTER TABLE post DROP COLUMN url;
-- migration: 7 recreate
DROP VIEW post_view;
ALTER TABLE post ADD COLUMN nsfw boolean NOT NULL DEFAULT false;
CREATE VIEW post_view AS SELECT p.*, u.name AS creator_name FROM post p JOIN users u ON u.id = p.creator_id;
-- down
DROP VIEW post_view;
ALTER TABLE post DROP COLUMN nsfw;
CREATE VIEW post_view AS
WITH all_post AS (
  SELECT p.*, (SELECT u.name FROM users u WHERE p.creator_id = u.id) AS creator_name,
    (SELECT count(*) FROM comment WHERE comment.post_id = p.id) AS number_of_comments,
    coalesce(sum(pl.score), 0) AS likes,
    count(CASE WHEN pl.score = 1 THEN 1 ELSE NULL END) AS upvotes
  FROM post p LEFT JOIN post_like pl ON p.id = pl.post_id GROUP BY p.id
)
SELECT ap.*, u.id AS user_id, coalesce(pl.score, 0) AS my_vote FROM users u CROSS JOIN all_post ap LEFT JOIN post_like pl ON u.id = pl.user_id AND ap.id = pl.post_id
UNION ALL
SELECT ap.*, NULL AS user_id, NULL AS my_vote FROM all_post ap;
-- migration: 8 modlog
CREATE TABLE mod_ban (id serial PRIMARY KEY, mod_user_id int REFERENCES users ON UPDATE CASCADE ON DELETE CASCADE NOT NULL, other_user_id int REFERENCES users NOT NULL, reason text, banned boolean DEFAULT true, expires timestamp, when_ timestamp NOT NULL DEFAULT now());
-- down
DROP TABLE mod_ban;
-- migration: 9 index
CREATE INDEX idx_post_creator ON post (creator_id);
CREATE INDEX idx_post_community ON post (community_id);
CREATE INDEX idx_comment_parent ON comment (parent_id);
-- down
DROP INDEX idx_post_creator;
DROP INDEX idx_post_community;
DROP INDEX idx_comment_parent;
-- migration: 10 unique lower
CREATE UNIQUE INDEX idx_users_name_lower ON users (lower(name));
CREATE UNIQUE INDEX idx_users_email_lower ON users (lower(email));
-- down
DROP INDEX idx_users_name_lower, idx_users_email_lower;
-- migration: 11 materialized
CREATE MATERIALIZED VIEW post_mview AS SELECT * FROM post_view;
CREATE UNIQUE INDEX idx_post_mview_id ON post_mview (id);
-- down
DROP MATERIALIZED VIEW post_mview;
-- migration: 12 refresh trigger
CREATE OR REPLACE FUNCTION refresh_post() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN REFRESH MATERIALIZED VIEW CONCURRENTLY post_mview; RETURN NULL; END $$;
CREATE TRIGGER refresh_post AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON post FOR EACH STATEMENT EXECUTE PROCEDURE refresh_post();
-- down
DROP TRIGGER refresh_post ON post;
DROP FUNCTION refresh_post;
-- migration: 13 fast tables
CREATE TABLE post_aggregates_fast AS SELECT * FROM post_view;
ALTER TABLE post_aggregates_fast ADD PRIMARY KEY (id);
-- down
DROP TABLE post_aggregates_fast;
-- migration: 14 ids
ALTER TABLE users ADD COLUMN actor_id varchar(255) NOT NULL DEFAULT 'changeme', ADD COLUMN local boolean NOT NULL DEFAULT true;
-- down
ALTER TABLE users DROP COLUMN actor_id, DROP COLUMN local;
-- migration: 15 default expression
CREATE OR REPLACE FUNCTION generate_unique_changeme() RETURNS text LANGUAGE sql AS $$ SELECT 'http://changeme.invalid/' || substr(md5(random()::text), 0, 25) $$;
ALTER TABLE users ALTER COLUMN actor_id SET DEFAULT generate_unique_changeme();
-- down
ALTER TABLE users ALTER COLUMN actor_id SET DEFAULT 'changeme';
DROP FUNCTION generate_unique_changeme;
-- migration: 16 person
ALTER TABLE users RENAME TO person;
ALTER SEQUENCE users_id_seq RENAME TO person_id_seq;
ALTER INDEX users_pkey RENAME TO person_pkey;
-- down
ALTER INDEX person_pkey RENAME TO users_pkey;
ALTER SEQUENCE person_id_seq RENAME TO users_id_seq;
ALTER TABLE person RENAME TO users;
-- migration: 17 local user
CREATE TABLE local_user (id serial PRIMARY KEY, person_id int REFERENCES person ON UPDATE CASCADE ON DELETE CASCADE NOT NULL, password_encrypted text NOT NULL, email text UNIQUE, theme varchar(20) DEFAULT 'browser' NOT NULL, lang varchar(20) DEFAULT 'browser' NOT NULL, UNIQUE (person_id));
INSERT INTO local_user (person_id, password_encrypted, email) SELECT id, password_encrypted, email FROM person;
ALTER TABLE person DROP COLUMN password_encrypted, DROP COLUMN email;
-- down
ALTER TABLE person ADD COLUMN email text, ADD COLUMN password_encrypted text;
UPDATE person p SET password_encrypted = u.password_encrypted, email = u.email FROM local_user u WHERE u.person_id = p.id;
ALTER TABLE person ALTER COLUMN password_encrypted SET NOT NULL;
CREATE UNIQUE INDEX idx_users_email_lower ON person (lower(email));
ALTER TABLE person ADD UNIQUE (email);
DROP TABLE local_user;
-- migration: 18 enum
CREATE TYPE sort_type_enum AS ENUM ('Active', 'Hot', 'New', 'Old');
ALTER TABLE local_user ADD COLUMN default_sort_type sort_type_enum NOT NULL DEFAULT 'Active';
-- down
ALTER TABLE local_user DROP COLUMN default_sort_type;
DROP TYPE sort_type_enum;
-- migration: 19 rename enum
ALTER TABLE local_user ALTER default_sort_type DROP DEFAULT;
ALTER TYPE sort_type_enum RENAME TO sort_type_enum__;
CREATE TYPE sort_type_enum AS ENUM ('Active', 'Hot', 'New', 'Old', 'Scaled');
ALTER TABLE local_user ALTER default_sort_type TYPE sort_type_enum USING default_sort_type::text::sort_type_enum;
ALTER TABLE local_user ALTER default_sort_type SET DEFAULT 'Active';
DROP TYPE sort_type_enum__;
-- down
ALTER TABLE local_user ALTER default_sort_type DROP DEFAULT;
UPDATE local_user SET default_sort_type = 'Hot' WHERE default_sort_type = 'Scaled';
ALTER TYPE sort_type_enum RENAME TO sort_type_enum__;
CREATE TYPE sort_type_enum AS ENUM ('Active', 'Hot', 'New', 'Old');
ALTER TABLE local_user ALTER default_sort_type TYPE sort_type_enum USING default_sort_type::text::sort_type_enum;
ALTER TABLE local_user ALTER default_sort_type SET DEFAULT 'Active';
DROP TYPE sort_type_enum__;
-- migration: 20 aggregates
CREATE TABLE post_aggregates (id serial PRIMARY KEY, post_id int REFERENCES post ON UPDATE CASCADE ON DELETE CASCADE NOT NULL, comments bigint NOT NULL DEFAULT 0, score bigint NOT NULL DEFAULT 0, UNIQUE (post_id));
INSERT INTO post_aggregates (post_id, comments, score) SELECT p.id, coalesce(ct.comments, 0::bigint), coalesce(pl.score, 0::bigint) FROM post p LEFT JOIN (SELECT comment.post_id, count(*) AS comments FROM comment GROUP BY comment.post_id) ct ON ct.post_id = p.id LEFT JOIN (SELECT pl.post_id, sum(pl.score) AS score FROM post_like pl GROUP BY pl.post_id) pl ON pl.post_id = p.id;
CREATE FUNCTION post_aggregates_post() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (TG_OP = 'INSERT') THEN INSERT INTO post_aggregates (post_id) VALUES (NEW.id); ELSIF (TG_OP = 'DELETE') THEN DELETE FROM post_aggregates WHERE post_id = OLD.id; END IF; RETURN NULL; END $$;
CREATE TRIGGER post_aggregates_post AFTER INSERT OR DELETE ON post FOR EACH ROW EXECUTE PROCEDURE post_aggregates_post();
-- down
DROP TABLE post_aggregates;
DROP TRIGGER post_aggregates_post ON post;
DROP FUNCTION post_aggregates_post;
-- migration: 21 hot rank
CREATE FUNCTION hot_rank(score numeric, published timestamp without time zone) RETURNS integer AS $$ BEGIN RETURN floor(10000 * log(greatest(1, score + 3)) / power(((extract(epoch FROM (timezone('utc', now()) - published)) / 3600) + 2), 1.8))::integer; END; $$ LANGUAGE plpgsql IMMUTABLE;
CREATE INDEX idx_post_hot ON post (hot_rank(score, published) DESC, published DESC);
-- down
DROP INDEX idx_post_hot;
DROP FUNCTION hot_rank;
-- migration: 22 hot rank without its index
DROP FUNCTION hot_rank(numeric, timestamp);
-- migration: 23 timezones
DROP INDEX idx_post_hot;
ALTER TABLE post ALTER COLUMN published TYPE timestamptz USING published AT TIME ZONE 'UTC';
-- migration: 24 timezones with the views
DROP TRIGGER refresh_post ON post;
DROP FUNCTION refresh_post;
DROP MATERIALIZED VIEW post_mview;
DROP VIEW post_view;
DROP INDEX IF EXISTS idx_post_hot;
ALTER TABLE post ALTER COLUMN published TYPE timestamptz USING published AT TIME ZONE 'UTC';
ALTER TABLE comment ALTER published TYPE timestamptz;
-- migration: 25 languages
CREATE TABLE language (id serial PRIMARY KEY, code varchar(3), name text);
INSERT INTO language (id, code, name) VALUES (0, 'und', 'Undetermined');
INSERT INTO language (code, name) VALUES ('en', 'English'), ('de', 'Deutsch');
ALTER TABLE post ADD COLUMN language_id integer REFERENCES language NOT NULL DEFAULT 0;
-- down
ALTER TABLE post DROP COLUMN language_id;
DROP TABLE language;
-- migration: 26 ltree
CREATE EXTENSION IF NOT EXISTS ltree;
ALTER TABLE comment ADD COLUMN path ltree NOT NULL DEFAULT '0';
CREATE INDEX idx_path_gist ON comment USING gist (path);
ALTER TABLE comment DROP COLUMN parent_id;
-- down
ALTER TABLE comment ADD COLUMN parent_id integer;
ALTER TABLE comment ADD CONSTRAINT comment_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES comment (id) ON DELETE CASCADE;
CREATE INDEX idx_comment_parent ON comment (parent_id);
ALTER TABLE comment DROP COLUMN path;
DROP EXTENSION ltree;
-- migration: 27 unlikely
ALTER TABLE post_like DROP CONSTRAINT post_like_post_id_user_id_key, ADD PRIMARY KEY (post_id, user_id);
-- migration: 28 composite key
ALTER TABLE post_like DROP CONSTRAINT post_like_pkey;
ALTER TABLE post_like DROP COLUMN id, ADD PRIMARY KEY (post_id, user_id), DROP CONSTRAINT post_like_post_id_user_id_key;
-- down
ALTER TABLE post_like DROP CONSTRAINT post_like_pkey, ADD UNIQUE (post_id, user_id), ADD COLUMN id serial PRIMARY KEY;
-- migration: 29 null timestamps
ALTER TABLE mod_ban ADD COLUMN updated timestamptz DEFAULT NULL;
-- down
ALTER TABLE mod_ban DROP COLUMN updated;
-- migration: 30 text search
ALTER TABLE post ADD COLUMN search tsvector GENERATED ALWAYS AS (to_tsvector('english', coalesce(name, '') || ' ' || coalesce(body, ''))) STORED;
CREATE INDEX idx_post_search ON post USING gin (search);
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX idx_post_trigram ON post USING gin (name gin_trgm_ops, body gin_trgm_ops);
-- down
DROP INDEX idx_post_trigram;
DROP EXTENSION pg_trgm;
ALTER TABLE post DROP COLUMN search;
-- migration: 31 site
CREATE TABLE site (id serial PRIMARY KEY, name varchar(20) NOT NULL, settings jsonb NOT NULL DEFAULT '{"open": true}', single boolean NOT NULL DEFAULT true UNIQUE CHECK (single));
INSERT INTO site (name) VALUES ('here');
-- down
DROP TABLE site;
-- migration: 32 a second site
INSERT INTO site (name) VALUES ('there');
-- migration: 33 too long
INSERT INTO site (name, single) VALUES ('a name that is much too long', false);
-- migration: 34 narrower
ALTER TABLE site ALTER COLUMN name TYPE varchar(3);
-- migration: 35 wider
ALTER TABLE site ALTER COLUMN name TYPE text;
-- down
ALTER TABLE site ALTER COLUMN name TYPE varchar(20);
-- migration: 36 utils schema
CREATE SCHEMA utils;
CREATE TABLE utils.deps_saved_ddl (id serial PRIMARY KEY, view_schema varchar(255), ddl_to_run text);
CREATE FUNCTION utils.save(p text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN INSERT INTO utils.deps_saved_ddl (ddl_to_run) VALUES (p); END $$;
SELECT utils.save('SELECT 1');
-- down
DROP SCHEMA utils CASCADE;
-- migration: 37 replaceable schema
DROP SCHEMA IF EXISTS r CASCADE;
CREATE SCHEMA r;
CREATE FUNCTION r.is_counted(item record) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN NOT item.removed; END $$;
CREATE PROCEDURE r.create_triggers(table_name text) LANGUAGE plpgsql AS $a$ BEGIN EXECUTE format('CREATE FUNCTION r.%1$s_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$', table_name); EXECUTE format('CREATE TRIGGER changed AFTER INSERT ON %1$I FOR EACH ROW EXECUTE FUNCTION r.%1$s_changed()', table_name); END $a$;
CALL r.create_triggers('post');
CALL r.create_triggers('comment');
-- down
DROP SCHEMA r CASCADE;
-- migration: 38 cascade by schema
DROP SCHEMA r;
-- migration: 39 rename constraint
ALTER TABLE community RENAME CONSTRAINT community_creator_id_fkey TO community_creator_fk;
-- down
ALTER TABLE community RENAME CONSTRAINT community_creator_fk TO community_creator_id_fkey;
-- migration: 40 bigger ids
ALTER TABLE comment ALTER COLUMN id TYPE bigint;
ALTER SEQUENCE comment_id_seq AS bigint;
-- down
ALTER TABLE comment ALTER COLUMN id TYPE integer;
ALTER SEQUENCE comment_id_seq AS integer;
