-- case: 012_reasons.sql, isolated
-- migration-lint: allow(ban-secrets) -- warning: this suppression does not say why
-- migration-lint: allow(ban-secrets): -- warning: this suppression does not say why
-- migration-lint: allow(ban-secrets):    -- warning: this suppression does not say why
-- migration-lint: allow(ban-secrets) because I say so -- warning: this suppression does not say why
-- migration-lint: allow-file(ban-secrets) -- warning: this suppression does not say why
/* migration-lint: allow(ban-secrets): */ -- warning: this suppression does not say why
-- migration-lint: allow(ban-secrets): the key was revoked
/* migration-lint: allow(ban-secrets): the key was revoked */
-- migration-lint: allowed
