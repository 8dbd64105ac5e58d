-- migration: functions
CREATE TABLE t (id integer PRIMARY KEY, d date, ts timestamp, tz timestamptz DEFAULT now());
INSERT INTO t VALUES (1, '2024-01-31', '2024-01-31 10:20:30'), (2, '20240229', '2024-02-29');
SELECT 1 / (SELECT count(*) FROM t WHERE d + 1 = '2024-02-02');
SELECT 1 / (SELECT count(*) FROM t WHERE d + 1 = '2024-02-01');
SELECT 1 / (SELECT count(*) FROM t WHERE d + interval '1 month' = '2024-02-29');
SELECT 1 / (SELECT count(*) FROM t WHERE d + interval '1 month' = '2024-03-02');
SELECT 1 / (SELECT count(*) FROM t WHERE ts - interval '2 days 3 hours' = '2024-01-29 07:20:30');
SELECT 1 / (SELECT count(*) FROM t WHERE ts - interval '2 days 3 hours' = '2024-01-29 07:20:31');
SELECT 1 / (SELECT count(*) FROM t WHERE date_trunc('month', ts) = '2024-02-01 00:00:00');
SELECT 1 / (SELECT count(*) FROM t WHERE date_trunc('week', ts) = '2024-01-29');
SELECT 1 / (SELECT count(*) FROM t WHERE date_trunc('week', ts) = '2024-01-28');
SELECT 1 / (SELECT count(*) FROM t WHERE date_trunc('quarter', d) = '2024-01-01');
SELECT 1 / (SELECT count(*) - 2 FROM t WHERE date_part('year', d) = 2024);
SELECT 1 / (SELECT count(*) - 1 FROM t WHERE date_part('dow', d) = 3);
SELECT 1 / (SELECT count(*) - 1 FROM t WHERE date_part('doy', d) = 60);
SELECT 1 / (SELECT count(*) - 1 FROM t WHERE to_char(d, 'YYYYMMDD') = '20240229');
SELECT 1 / (SELECT count(*) - 1 FROM t WHERE to_char(ts, 'YYYY_MM_DD HH24:MI:SS "at" Q') = '2024_01_31 10:20:30 at 1');
SELECT 1 / (SELECT count(*) - 1 FROM t WHERE d::text = '2024-02-29');
SELECT 1 / (SELECT count(*) - 1 FROM t WHERE ts::text = '2024-02-29 00:00:00');
SELECT 1 / (SELECT count(*) - 1 FROM t WHERE ts::date = '2024-01-31');
SELECT 1 / (SELECT count(*) - 1 FROM t WHERE format('p_%s', d) = 'p_2024-01-31');
SELECT 1 / (SELECT count(*) - 2 FROM t WHERE d < '2024-03-01' AND d > '2023-12-31');
SELECT 1 / (SELECT count(*) - 2 FROM t WHERE ts BETWEEN '2024-01-01' AND '2024-12-31 23:59');
SELECT 1 / (SELECT '2024-03-01'::date - d - 30 FROM t WHERE id = 1);
SELECT 1 / (SELECT '2024-03-01'::date - d - 31 FROM t WHERE id = 1);
SELECT 1 / (to_date('20240301', 'YYYYMMDD') - make_date(2024, 2, 29) - 1);
SELECT 1 / (SELECT count(*) - 1 FROM t WHERE d + 2 * interval '1 day' = '2024-02-02');
SELECT 1 / (SELECT count(*) - 1 FROM t WHERE d + (id || ' days')::interval = '2024-02-01');
SELECT make_date(2024, 2, 30);
SELECT '2024-02-30'::date;
UPDATE t SET d = d + 366 WHERE id = 1;
SELECT 1 / (SELECT count(*) - 1 FROM t WHERE d = '2025-01-31');
CREATE UNIQUE INDEX ON t (d);
UPDATE t SET d = '2025-01-31';
-- down
DROP TABLE t;

-- migration: the day of the run
CREATE TABLE ev (id integer, at timestamptz NOT NULL) PARTITION BY RANGE (at);
CREATE FUNCTION part(parent text, day date) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE first varchar; next varchar; name varchar;
BEGIN
  SELECT to_char(day, 'YYYYMMDD') INTO first;
  SELECT to_char(day + INTERVAL '1 day', 'YYYYMMDD') INTO next;
  SELECT lower(format('%s_%s', parent, first)) INTO name;
  IF EXISTS (SELECT 1 FROM pg_tables WHERE tablename = name) THEN RETURN 0; END IF;
  EXECUTE format('CREATE TABLE %s (LIKE %s INCLUDING INDEXES)', name, parent);
  EXECUTE format('ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM (''%s'') TO (''%s'')', parent, name, first, next);
  RETURN 1;
END $$;
DO $$
DECLARE made integer; name text;
BEGIN
  made := part('ev', CURRENT_DATE) + part('ev', DATE 'today') + part('ev', now()::date);
  ASSERT made = 1;
  made := part('ev', (now() + interval '1 day')::date);
  ASSERT made = 1;
  made := part('ev', DATE 'tomorrow');
  ASSERT made = 0;
  FOR name IN SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'ev'::regclass LOOP
    EXECUTE 'DROP TABLE ' || name;
  END LOOP;
END $$;
DO $$ BEGIN
  PERFORM part('ev', CURRENT_DATE);
  EXECUTE format('CREATE TABLE clash PARTITION OF ev FOR VALUES FROM (%L) TO (%L)', CURRENT_DATE, CURRENT_DATE + 2);
END $$;
DO $$ BEGIN ASSERT CURRENT_DATE = now()::date; END $$;
DO $$ BEGIN ASSERT now() = now(); END $$;
DO $$ BEGIN ASSERT CURRENT_DATE + 1 > CURRENT_DATE; END $$;
-- down
DROP TABLE ev;
DROP FUNCTION part(text, date);

-- migration: partitions as the catalogs show them
CREATE TABLE pa (id integer, d date) PARTITION BY RANGE (d);
CREATE TABLE pa_1 PARTITION OF pa FOR VALUES FROM ('2024-01-01') TO ('2024-02-01');
CREATE TABLE pa_2 PARTITION OF pa FOR VALUES FROM (MINVALUE) TO ('2024-01-01');
CREATE TABLE pa_3 PARTITION OF pa DEFAULT;
DO $$
DECLARE r record;
BEGIN
  CREATE TABLE pn (id integer, d date) PARTITION BY RANGE (d);
  FOR r IN SELECT c.relname AS name, pg_get_expr(c.relpartbound, c.oid) AS bound FROM pg_class c JOIN pg_inherits i ON c.oid = i.inhrelid
    JOIN pg_class p ON p.oid = i.inhparent WHERE p.relname = 'pa' ORDER BY c.relname
  LOOP
    EXECUTE format('CREATE TABLE %I PARTITION OF pn %s', r.name || '_new', r.bound);
  END LOOP;
END $$;
INSERT INTO pn VALUES (1, '2024-01-15');
SELECT 1 / (SELECT count(*) - 1 FROM pa_1_new);
-- down
DROP TABLE pa, pn;
