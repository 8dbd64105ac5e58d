-- case: 012_forms.sql, isolated
-- migration-lint: allow(ban-secret): a slip -- warning: there is no rule `ban-secret` to allow
-- migration-lint: allow(BAN-SECRETS): ids are written in lower case -- warning: there is no rule `BAN-SECRETS` to allow
-- migration-lint: allow(suppression): a group -- warning: there is no rule `suppression` to allow
-- migration-lint: allow(ban-secrets ban-syntax-error): no comma -- warning: there is no rule `ban-secrets ban-syntax-error` to allow
-- migration-lint: allow: ban-secrets -- warning: this comment is not written as a suppression is
-- migration-lint: ignore(ban-secrets): -- warning: this comment is not written as a suppression is
-- migration-lint: allow(ban-secrets -- warning: this comment is not written as a suppression is
-- migration-lint: -- warning: this comment is not written as a suppression is
-- migration-lint: allow(,): nothing -- warning: this suppression names no rule
-- migration-lint:allow(ban-secrets):it is well written
--migration-lint: allow( ban-secrets ): and so is this
/* migration-lint: allow-file(ban-secrets): and this */
-- the linter is migration-lint: allow() is one of its words
SELECT '-- migration-lint: allow(no-comment): a string';

-- migration-lint allow(ban-secrets): no colon -- warning: not written as a suppression is
-- migration-lint reads this file
SELECT 3;
