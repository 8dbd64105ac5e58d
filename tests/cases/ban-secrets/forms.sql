-- case: 020_forms.sql, isolated
-- postgresql://owner:kX4-Kd9@db.acme.io/app -- error: the password of a connection URL
-- redis://default:kX4Kd9@cache.internal:6379 -- error: the password of a connection URL
-- jdbc:postgresql://db.acme.io/app?user=owner&password=kX4Kd9 -- error: the password of a connection URL
-- postgres://owner:kX4Kd9@[2001:db8::1]:5432/app -- error: the password of a connection URL
ALTER ROLE app PASSWORD 'Winter-2026'; -- error: the password of a role
ALTER ROLE app WITH ENCRYPTED PASSWORD E'Winter-2026'; -- error: the password of a role
ALTER ROLE app PASSWORD 'md5cd3578025fe2c3d7ed1b9a9b26238b70'; -- error: the password of a role
ALTER USER app PASSWORD 'root'; -- error: the password of a role
CREATE SUBSCRIPTION s CONNECTION 'host=db.acme.io user=app password=kX4Kd9' PUBLICATION p; -- error: the password of a connection string
SELECT dblink_connect('password=kX4Kd9 dbname=app'); -- error: the password of a connection string
DO $$
BEGIN
  EXECUTE 'CREATE ROLE app LOGIN PASSWORD ''Winter-2026'''; -- error: the password of a role
END
$$;
/*
 * CREATE ROLE app LOGIN
 *   PASSWORD 'Winter-2026'; -- error: the password of a role
 */
INSERT INTO settings VALUES ('token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U'); -- error: a JSON Web Token
INSERT INTO keys VALUES ('-----BEGIN RSA PRIVATE KEY-----'); -- error: a private key
