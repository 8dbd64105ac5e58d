-- DELETE.
DELETE FROM a;
DELETE FROM marketing.company WHERE id = 1;
DELETE FROM ONLY a;
DELETE FROM a *;
DELETE FROM a AS x WHERE x.b = 1;
DELETE FROM a x USING b WHERE x.id = b.id;
DELETE FROM a USING marketing.b, c JOIN d ON true WHERE a.id = b.id RETURNING a.id;
DELETE FROM a WHERE id IN (SELECT id FROM a ORDER BY id LIMIT 10);
DELETE FROM a WHERE CURRENT OF cur;
DELETE FROM a RETURNING *;
DELETE FROM a RETURNING WITH (OLD AS o) o.*;
WITH x AS (SELECT id FROM b) DELETE FROM a USING x WHERE a.id = x.id;
WITH x AS MATERIALIZED (DELETE FROM b RETURNING id) DELETE FROM a WHERE id IN (SELECT id FROM x);
DELETE FROM "A"."B" WHERE "C" IS NULL;
-- rejected
DELETE a;
-- rejected
DELETE FROM;
-- rejected
DELETE * FROM a;
-- rejected
DELETE a FROM a JOIN b ON true;
-- rejected
DELETE FROM a WHERE;
-- rejected
DELETE FROM a, b;
-- rejected
DELETE FROM a LIMIT 10;
-- rejected
DELETE FROM a ORDER BY b;
-- rejected
DELETE FROM a JOIN b ON a.id = b.id;
-- rejected
DELETE FROM TABLE a;
-- rejected
DELETE FROM a IF EXISTS;
-- rejected
DELETE FROM a WHERE b = 1 AND;
-- rejected
DELETE FROM a USING WHERE b = 1;
