-- case: 021_no_secrets.sql, isolated
-- postgresql://owner:...@host/db, postgres://user:password@db.acme.io/app, postgres://${USER}:${PASSWORD}@db.acme.io/app
-- postgres://postgres:postgres@localhost:5432/app, postgres://app:kX4Kd9@db.example.com, postgres://app:kX4Kd9@127.0.0.1/app
-- postgresql://{user}:{password}@{host}/{database}, postgresql://owner:[password]@ep-blue.neon.tech/app
-- see https://example.com/a:b@c and mailto:a@b.c, git@github.com:owner/repo, npm:package@1.2.3, 12:30:45@noon
CREATE ROLE a PASSWORD NULL;
CREATE ROLE b PASSWORD '<password>';
CREATE ROLE c PASSWORD :'password';
CREATE ROLE d PASSWORD '${APP_PASSWORD}';
CREATE ROLE e PASSWORD 'SCRAM-SHA-256$4096:c2FsdA==$c3RvcmVk:c2VydmVy';
CREATE ROLE f PASSWORD 'changeme';
CREATE TABLE users (password text NOT NULL DEFAULT 'x', password_hash text, "password" text CHECK (password <> ''));
COMMENT ON COLUMN users.password IS 'hashed with bcrypt, never the password itself';
INSERT INTO users (name, password) VALUES ('a', crypt('x', gen_salt('bf')));
UPDATE users SET host = 'h', password = new_password WHERE password = old_password;
SELECT * FROM users WHERE user = 'u' AND password = crypt(given, password);
SELECT format('CREATE ROLE %I PASSWORD %L', name, secret) FROM users;
GRANT SELECT (password) ON users TO a;
INSERT INTO tokens VALUES ('AKIAIOSFODNN7EXAMPLE', 'sk_test_short', 'ghp_short', 'eyJhbGciOi.only.two');
SELECT 'task-1234', 'risk-assessment-of-the-whole-company-in-2026', 'desk-with-a-very-long-name-that-goes-on-and-on';
