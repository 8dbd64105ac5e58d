-- Texts that functions make up, which are like no other.

-- migration: generators
CREATE FUNCTION made(size int) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  built text := '';
BEGIN
  WHILE length(built) < size LOOP
    built := built || chr(97 + floor(random() * 26)::int);
  END LOOP;
  RETURN built;
END $$;
CREATE FUNCTION generate_id() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN made(24); END $$;
CREATE TABLE member (id int PRIMARY KEY, url text UNIQUE);
INSERT INTO member VALUES (1, NULL), (2, NULL), (3, 'c');

-- migration: filled
UPDATE member SET url = generate_id() WHERE url IS NULL;
ALTER TABLE member ALTER COLUMN url SET NOT NULL;

-- migration: copied
CREATE TABLE account (id text PRIMARY KEY DEFAULT generate_id(), member int NOT NULL REFERENCES member);
INSERT INTO account (member) SELECT id FROM member;

-- migration: taken
INSERT INTO account SELECT url, id FROM member;
INSERT INTO account SELECT url, id FROM member;
