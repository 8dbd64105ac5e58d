DROP TYPE IF EXISTS tag_kind;
CREATE TYPE marketing.tag_kind AS ENUM ('a', 'b'); -- error: this fails in a second run: type "tag_kind" already exists
