-- a byte order mark, and lines that end in CR LF
CREATE TABLE a (
    b int, -- comment
    c text
);
SELECT 'one'
    'two';
\set x 1
COPY a FROM stdin;
1	x;
\.
-- rejected
SELECT 1 1;
DO $$
BEGIN
END
$$;
