-- Schemas: marketing (core), Intake and `public`.
DROP TABLE marketing.a;
DROP TABLE intake.a;
DROP TABLE PUBLIC.a;
