CREATE TABLE ${schema}.t (a INT);
CREATE TABLE {{ schema }}.t (a INT);
DO $$ BEGIN CREATE TABLE ${schema}.t (a INT); END $$;
