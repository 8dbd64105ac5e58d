-- case: 001_a.sql
-- migration-lint: allow(require-idempotency): whoever selects this rule alone hears of it here
CREATE TABLE marketing.t (a INT); -- error: this fails in a second run: relation "t" already exists (SQLSTATE 42P07)
