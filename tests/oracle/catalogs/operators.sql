-- name left right result function; `-` where there is no operand, and for a shell.
SELECT concat_ws(' ',
    pg_temp.qualified(oprnamespace, oprname),
    coalesce(pg_temp.type_name(nullif(oprleft, 0)), '-'),
    coalesce(pg_temp.type_name(nullif(oprright, 0)), '-'),
    coalesce(pg_temp.type_name(nullif(oprresult, 0)), '-'),
    coalesce((SELECT pg_temp.qualified(pronamespace, proname) FROM pg_proc WHERE oid = oprcode), '-'))
FROM pg_operator WHERE ('pg_operator'::regclass, oid) IN (SELECT class, object FROM member)
