-- case: db/migration/V1__a.sql, isolated
CREATE TABLE n (a int, b int);
CREATE TABLE m (a int, b int);
CREATE TABLE nothing (a int);
CREATE TABLE indexed (a int PRIMARY KEY, b int);
INSERT INTO n VALUES (1, 1), (2, 0);
INSERT INTO m VALUES (1, 1);
INSERT INTO indexed VALUES (1, 1), (2, 0);
-- case: db/migration/V2__plan.sql, isolated
-- Whether the failing condition is asked of a pair is for the plan to decide.
SELECT n.a FROM n, m WHERE m.a / n.b > 0 AND n.a + 0 = m.a + 0;
-- case: db/migration/V3__plan.sql, isolated
SELECT n.a FROM n JOIN m ON m.a / n.b > 0 AND n.a + 0 = m.a + 0;
-- case: db/migration/V4__plan.sql, isolated
SELECT n.a FROM n LEFT JOIN m ON n.a + 0 = m.a + 0 AND m.a / n.b > 0;
-- case: db/migration/V5__empty.sql, isolated
-- A table is not read where there is nothing to join it with, unless the plan begins with it.
SELECT n.a FROM n, nothing WHERE 1 / n.b > 0;
-- case: db/migration/V6__empty.sql, isolated
SELECT n.a FROM nothing, n WHERE 1 / n.b > 0;
-- case: db/migration/V7__index.sql, isolated
SELECT i.a FROM indexed i, m WHERE 1 / i.b > 0 AND i.a = m.a;
-- case: db/migration/V8__key.sql, isolated
-- No plan asks it before what costs less.
SELECT n.a FROM n, m WHERE m.a / n.b > 0 AND n.a = m.a;
SELECT a FROM n WHERE 1 / b > 0 AND a = 1;
-- case: db/migration/V9__all.sql, isolated
-- Every plan does.
SELECT n.a FROM n, m WHERE m.a / n.b > 0; -- error: division by zero
-- case: db/migration/V10__all.sql, isolated
SELECT n.a FROM n, m WHERE m.a / n.b > 0 AND n.a + 1 > m.a + 0; -- error: division by zero
-- case: db/migration/V11__all.sql, isolated
SELECT n.a FROM n, m WHERE 1 / n.b > 0 AND n.a = m.a; -- error: division by zero
-- case: db/migration/V12__all.sql, isolated
SELECT n.a FROM n LEFT JOIN m ON m.a / n.b > 0; -- error: division by zero
-- case: db/migration/V13__one.sql, isolated
SELECT a FROM n WHERE 1 / b > 0 AND a + 0 = 1; -- error: division by zero
-- case: db/migration/V14__one.sql, isolated
SELECT a FROM n WHERE a + 0 = 1 AND 1 / b > 0; -- error: division by zero
