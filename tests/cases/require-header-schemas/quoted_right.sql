-- Schemas: "Bit", bit
DROP TABLE bit.a;
DROP TABLE "Bit".a;
