SET lock_timeout = 0;
\echo x
