\i tables.sql -- info: it can't be told whether this applies
