-- case: 012_places.sql, isolated
-- migration-lint: allow(ban-syntax-error): above, with another comment and no empty line between
-- which says something
SELECT 1 FROM WHERE;
SELECT 2 FROM WHERE; -- migration-lint: allow(ban-syntax-error): behind it
SELECT 3 -- migration-lint: allow(ban-syntax-error): in it
  FROM
  WHERE;
SELECT 4
  FROM WHERE
; -- migration-lint: allow(ban-syntax-error): on its last line
/* migration-lint: allow(ban-syntax-error): in a block */
SELECT 5 FROM WHERE;
/*
 * migration-lint: allow(ban-syntax-error): in a block with a margin
 */
SELECT 6 FROM WHERE;
SELECT 7; SELECT 8 FROM WHERE; -- migration-lint: allow(ban-syntax-error): behind the second of its line

-- migration-lint: allow(ban-syntax-error): nothing is wrong below -- warning: `ban-syntax-error` finds nothing here to allow
SELECT 9;

-- migration-lint: allow(ban-secrets): a line of comment below
-- psql postgresql://owner:kX4-Kd9@db.acme.io/app
SELECT 10;

-- migration-lint: allow(ban-syntax-error): an empty line is between -- warning: `ban-syntax-error` finds nothing here to allow

SELECT 11;
SELECT 12 -- migration-lint: allow(ban-syntax-error): it is the next one that is wrong -- warning: `ban-syntax-error` finds nothing
;
SELECT 13 FROM FROM;
DO $$
BEGIN
  -- migration-lint: allow(ban-syntax-error): inside a body no comment speaks to the linter
  NULL;
END
$$;
