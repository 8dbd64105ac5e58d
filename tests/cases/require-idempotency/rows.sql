INSERT INTO marketing.a (id) VALUES (1); -- error: table `marketing.a` is filled by INSERT without `ON CONFLICT`, and 2 times more below
INSERT INTO marketing.a (id) VALUES (2);
INSERT INTO marketing.a (id) SELECT 3;
INSERT INTO marketing.b (id) SELECT id FROM marketing.a; -- error: table `marketing.b` is filled by INSERT without `ON CONFLICT`
COPY marketing.c FROM '/tmp/c.csv'; -- error: table `marketing.c` is filled by COPY without a guard

INSERT INTO marketing.d (id) VALUES (1) ON CONFLICT DO NOTHING;
INSERT INTO marketing.e (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET id = 1;
INSERT INTO marketing.f (id) SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM marketing.f WHERE id = 1);
INSERT INTO marketing.g (id) SELECT id FROM marketing.a EXCEPT SELECT id FROM marketing.g;
INSERT INTO marketing.h (id) SELECT a.id FROM marketing.a LEFT JOIN marketing.h USING (id) WHERE h.id IS NULL;
DELETE FROM marketing.i WHERE id = 1;
INSERT INTO marketing.i (id) VALUES (1);
TRUNCATE marketing.j;
INSERT INTO marketing.j (id) VALUES (1);
INSERT INTO marketing.archive SELECT * FROM marketing.k WHERE old;
DELETE FROM marketing.k WHERE old;
MERGE INTO marketing.l USING marketing.a ON l.id = a.id WHEN NOT MATCHED THEN INSERT VALUES (a.id);
UPDATE marketing.m SET id = 1;
DELETE FROM marketing.n;
INSERT INTO marketing.o (id) VALUES (1);
DELETE FROM marketing.o WHERE id = 1;
