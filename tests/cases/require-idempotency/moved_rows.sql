WITH moved AS (DELETE FROM marketing.a WHERE old RETURNING *) INSERT INTO marketing.a_archive SELECT * FROM moved;
WITH moved AS (DELETE FROM marketing.a RETURNING *), named AS (SELECT m.*, t.name FROM moved m LEFT JOIN marketing.t USING (id))
INSERT INTO marketing.b (id, name) SELECT id, name FROM named;
WITH doubles AS (DELETE FROM marketing.c RETURNING *) INSERT INTO marketing.c SELECT DISTINCT * FROM doubles;

WITH moved AS (DELETE FROM marketing.a RETURNING *) INSERT INTO marketing.d SELECT count(*) FROM moved; -- error: table `marketing.d` is filled by INSERT without `ON CONFLICT`
WITH moved AS (DELETE FROM marketing.a RETURNING *) INSERT INTO marketing.e SELECT t.* FROM marketing.t LEFT JOIN moved USING (id); -- error: table `marketing.e` is filled by INSERT without `ON CONFLICT`
WITH changed AS (UPDATE marketing.f SET moved = true WHERE NOT moved RETURNING *) INSERT INTO marketing.g SELECT * FROM changed; -- error: table `marketing.g` is filled by INSERT without `ON CONFLICT`

-- What fills the source again gives the second run something to move.
INSERT INTO marketing.h (id) VALUES (1) ON CONFLICT DO NOTHING;
WITH moved AS (DELETE FROM marketing.h RETURNING *) INSERT INTO marketing.i SELECT * FROM moved; -- error: table `marketing.i` is filled by INSERT without `ON CONFLICT`
