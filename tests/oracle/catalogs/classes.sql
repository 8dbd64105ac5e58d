-- method name type family [key=type] [default]
SELECT concat_ws(' ',
    amname,
    pg_temp.qualified(opcnamespace, opcname),
    pg_temp.type_name(opcintype),
    (SELECT pg_temp.qualified(opfnamespace, opfname) FROM pg_opfamily WHERE oid = opcfamily),
    'key=' || pg_temp.type_name(nullif(opckeytype, 0)),
    CASE WHEN opcdefault THEN 'default' END)
FROM pg_opclass JOIN pg_am ON pg_am.oid = opcmethod WHERE ('pg_opclass'::regclass, pg_opclass.oid) IN (SELECT class, object FROM member)
