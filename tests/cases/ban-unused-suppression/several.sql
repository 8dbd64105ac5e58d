-- case: 012_several.sql, isolated
-- migration-lint: allow( ban-secrets ,ban-syntax-error, ban-duplicate-number ) : a reason -- warning: `ban-secrets` finds nothing here to allow -- warning: `ban-duplicate-number` finds nothing here to allow
SELECT 1 FROM WHERE;
-- migration-lint: allow(require-header, ban-secret): a rule that doesn't run, and one that doesn't exist, are not counted
SELECT 2;
