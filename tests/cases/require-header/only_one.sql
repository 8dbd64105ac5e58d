-- Purpose: Room for notes -- error: the header lacks `Migration`, `Created`, `Barton Doctrine` and `Schemas`
SELECT 1;
