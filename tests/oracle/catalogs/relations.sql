-- A line `name kind`, and below it a line ` column type` for each of its columns, in their order.
SELECT line FROM (
    SELECT relnamespace, relname, 0 AS number, concat_ws(' ', pg_temp.qualified(relnamespace, relname), CASE relkind
        WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized'
        WHEN 'S' THEN 'sequence' WHEN 'c' THEN 'composite' WHEN 'f' THEN 'foreign'
    END) AS line
    FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'c', 'f') AND ('pg_class'::regclass, oid) IN (SELECT class, object FROM member)
    UNION ALL
    SELECT relnamespace, relname, attnum, concat(' ', attname, ' ', pg_temp.type_name(atttypid))
    FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
    WHERE relkind IN ('r', 'p', 'v', 'm', 'c', 'f') AND attnum > 0 AND NOT attisdropped
    AND ('pg_class'::regclass, pg_class.oid) IN (SELECT class, object FROM member)
) AS lines
ORDER BY pg_temp.qualified(relnamespace, relname) COLLATE "C", number
