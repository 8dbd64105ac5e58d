-- Schemas: marketing -- error: `Schemas` leaves out `bit`

-- Schema: bit
CREATE TABLE bit.notes (a int);
