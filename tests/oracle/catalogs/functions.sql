-- name(argument,…) [setof ]result volatility[!] [kind]: `!` is strict.
-- An argument is [mode][name:]type[=]: `>` OUT, `<>` INOUT, `*` VARIADIC, `|` a column of RETURNS TABLE, `=` has a default.
SELECT concat(
    pg_temp.qualified(p.pronamespace, p.proname),
    '(',
    (
        SELECT string_agg(concat(
            CASE mode WHEN 'o' THEN '>' WHEN 'b' THEN '<>' WHEN 'v' THEN '*' WHEN 't' THEN '|' END,
            nullif(argument.name, '') || ':',
            pg_temp.type_name(type),
            CASE WHEN is_input AND inputs > p.pronargs - p.pronargdefaults THEN '=' END), ',' ORDER BY number)
        FROM (
            SELECT number, type, p.proargnames[number] AS name, mode, is_input, count(*) FILTER (WHERE is_input) OVER (ORDER BY number) AS inputs
            FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) WITH ORDINALITY AS types (type, number),
                coalesce(p.proargmodes[number], 'i') AS mode, LATERAL (SELECT mode NOT IN ('o', 't') AS is_input) AS input
        ) AS argument
    ),
    ') ',
    CASE WHEN p.proretset THEN 'setof ' END,
    coalesce(pg_temp.type_name(p.prorettype), '-'),
    ' ',
    p.provolatile,
    CASE WHEN p.proisstrict THEN '!' END,
    CASE p.prokind WHEN 'w' THEN ' window' WHEN 'p' THEN ' procedure' WHEN 'a' THEN (
        SELECT CASE aggkind WHEN 'n' THEN ' aggregate' WHEN 'o' THEN ' ordered-set=' || aggnumdirectargs WHEN 'h' THEN ' hypothetical=' || aggnumdirectargs END
        FROM pg_aggregate WHERE aggfnoid = p.oid
    ) END)
FROM pg_proc p WHERE ('pg_proc'::regclass, p.oid) IN (SELECT class, object FROM member)
