-- method family strategy operator left right [order]: which operators an index serves; `order` is one that it sorts by.
SELECT concat_ws(' ',
    amname,
    pg_temp.qualified(opfnamespace, opfname),
    amopstrategy,
    pg_temp.qualified(oprnamespace, oprname),
    pg_temp.type_name(oprleft),
    pg_temp.type_name(oprright),
    CASE amoppurpose WHEN 'o' THEN 'order' END)
FROM pg_amop
    JOIN pg_am ON pg_am.oid = amopmethod
    JOIN pg_opfamily ON pg_opfamily.oid = amopfamily
    JOIN pg_operator ON pg_operator.oid = amopopr
WHERE ('pg_opfamily'::regclass, amopfamily) IN (SELECT class, object FROM member)
OR ('pg_operator'::regclass, amopopr) IN (SELECT class, object FROM member)
OR EXISTS (
    SELECT FROM pg_depend
    WHERE classid = 'pg_amop'::regclass AND objid = pg_amop.oid AND refclassid = 'pg_opclass'::regclass
    AND (refclassid, refobjid) IN (SELECT class, object FROM member)
)
