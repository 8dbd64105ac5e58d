-- Schema: DOL Violations
-- What stands there is a title, and that the list is missing is another rule's.
CREATE TABLE marketing.orders ();
