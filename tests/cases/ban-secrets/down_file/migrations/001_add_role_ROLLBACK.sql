ALTER ROLE app PASSWORD 'Winter-2025'; -- error: the password of a role
