-- Schemas: "Bit" -- error: leaves out `bit`, which the migration changes
DROP TABLE bit.a;
