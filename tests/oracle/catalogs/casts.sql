-- source target context method[=function]
SELECT concat_ws(' ',
    pg_temp.type_name(castsource),
    pg_temp.type_name(casttarget),
    CASE castcontext WHEN 'i' THEN 'implicit' WHEN 'a' THEN 'assignment' WHEN 'e' THEN 'explicit' END,
    CASE castmethod
        WHEN 'f' THEN 'function=' || (SELECT pg_temp.qualified(pronamespace, proname) FROM pg_proc WHERE oid = castfunc)
        WHEN 'b' THEN 'binary' WHEN 'i' THEN 'inout'
    END)
FROM pg_cast WHERE ('pg_cast'::regclass, oid) IN (SELECT class, object FROM member)
