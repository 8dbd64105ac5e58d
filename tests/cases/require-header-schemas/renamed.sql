-- Touches: marketing -- error: `Touches` leaves out `bit`
CREATE TABLE bit.a (a int);
