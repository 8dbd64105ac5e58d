-- Schemas: marketing, bit -- error: `Schemas` leaves out `intake`, which the migration changes
CREATE TABLE ${schema}.t (a int);
CREATE SCHEMA {{ schema }};
CREATE TABLE marketing.t (a int);
CREATE TABLE intake.t (a int);
