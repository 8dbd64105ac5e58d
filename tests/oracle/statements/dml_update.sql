-- UPDATE.
UPDATE a SET b = 1;
UPDATE marketing.company SET name = 'x' WHERE id = 1;
UPDATE ONLY a SET b = 1;
UPDATE a * SET b = 1;
UPDATE a AS x SET b = x.c + 1;
UPDATE a x SET b = DEFAULT;
UPDATE a SET b = 1, "C" = 'x', d = NULL;
UPDATE a SET (b, c) = (1, 2);
UPDATE a SET (b, c) = ROW(1, DEFAULT), d = 4;
UPDATE a SET (b, c) = (SELECT x, y FROM d WHERE d.id = a.id);
UPDATE a SET (b) = ROW(1);
UPDATE a SET b[1] = 2, c.d = 3, e['x'] = '4';
UPDATE a SET b = c.d FROM c WHERE c.id = a.id;
UPDATE a SET b = c.d FROM marketing.c JOIN e USING (id), f WHERE c.id = a.id RETURNING a.*;
UPDATE a SET b = 1 WHERE id IN (SELECT id FROM d);
UPDATE a SET b = 1 WHERE CURRENT OF cur;
UPDATE a SET b = 1 RETURNING *;
UPDATE a SET b = 1 RETURNING WITH (OLD AS o) o.b, new.b;
UPDATE a SET b = 1 RETURNING WITH (NEW AS "N", OLD AS "O") "N".*;
WITH x AS (SELECT * FROM c) UPDATE a SET b = x.b FROM x WHERE a.id = x.id;
WITH x AS (UPDATE b SET c = 1 RETURNING *), y AS (DELETE FROM d RETURNING *) UPDATE a SET b = 1 FROM x, y;
UPDATE a SET b = CASE WHEN c THEN 1 ELSE 2 END, d = (SELECT count(*) FROM e);
UPDATE a SET b = b || '{"x": 1}'::jsonb WHERE b ->> 'x' IS NULL;
UPDATE a SET set = 1;
-- rejected
UPDATE a;
-- rejected
UPDATE a SET;
-- rejected
UPDATE a b = 1;
-- rejected
UPDATE a SET b 1;
-- rejected
UPDATE a SET b = 1,;
-- rejected
UPDATE a SET b = 1 AND WHERE c = 2;
-- rejected
UPDATE a SET b = 1 WHERE;
-- rejected
UPDATE a SET b == 1 c;
-- rejected
UPDATE a, b SET a.x = b.x;
-- rejected
UPDATE a JOIN b ON a.id = b.id SET a.x = 1;
-- rejected
UPDATE a SET b = 1 ORDER BY id;
-- rejected
UPDATE a SET b = 1 LIMIT 10;
-- rejected
UPDATE a WHERE c = 1 SET b = 2;
-- rejected
UPDATE TABLE a SET b = 1;
-- rejected
UPDATE TOP (10) a SET b = 1;
-- rejected
UPDATE a SET (b, c) = 1, 2 WHERE;
-- rejected
UPDATE a SET b = 1 SET c = 2;
-- rejected
UPDATE a SET b += 1 WHERE c = ;
-- rejected
UPDATE a SET b = 1 FROM;
-- rejected
UPDATE OR IGNORE a SET b = 1;
