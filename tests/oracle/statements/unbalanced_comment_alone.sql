SELECT 1;
-- rejected
/* nothing but an open comment;
