-- What an extension brings, with the types that come along with its types. The name of the extension is in `oracle.extension`.
INSERT INTO member
    SELECT classid, objid FROM pg_depend
    WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
    AND refobjid = (SELECT oid FROM pg_extension WHERE extname = current_setting('oracle.extension'));

INSERT INTO member
    SELECT classid, objid FROM pg_depend JOIN pg_type ON refobjid = pg_type.oid
    WHERE classid IN ('pg_type'::regclass, 'pg_proc'::regclass) AND refclassid = 'pg_type'::regclass AND deptype = 'i' AND typtype = 'r'
    AND (refclassid, refobjid) IN (SELECT class, object FROM member);

INSERT INTO member
    SELECT 'pg_class'::regclass, typrelid FROM pg_type
    WHERE typtype = 'c' AND ('pg_type'::regclass, oid) IN (SELECT class, object FROM member)
    AND ('pg_class'::regclass, typrelid) NOT IN (SELECT class, object FROM member);

INSERT INTO member
    SELECT DISTINCT 'pg_type'::regclass, typarray FROM pg_type
    WHERE typarray <> 0 AND ('pg_type'::regclass, oid) IN (SELECT class, object FROM member);
