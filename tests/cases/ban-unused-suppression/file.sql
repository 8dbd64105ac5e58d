-- case: 012_file.sql, isolated
-- migration-lint: allow-file(ban-syntax-error): all of them
-- migration-lint: allow-file(ban-secrets): none is there -- warning: `ban-secrets` finds nothing here to allow
SELECT 1 FROM WHERE;
SELECT 2 FROM WHERE;
