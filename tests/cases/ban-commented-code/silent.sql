-- Drop the old table by hand when nobody asks for it any more.
-- Update: see the ticket.
CREATE TABLE a (id bigint PRIMARY KEY); -- DROP
/* SELECT * FROM a; */
/*
 * Create a row for each company.
 */
INSERT INTO a VALUES (1);

-- ROLLBACK
-- DROP TABLE a;
