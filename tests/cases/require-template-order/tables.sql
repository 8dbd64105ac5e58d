CREATE TABLE a (id bigint PRIMARY KEY, x int);
CREATE INDEX a_x ON a (x);
CREATE TRIGGER a_t BEFORE UPDATE ON a FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
CREATE TABLE b (id bigint PRIMARY KEY, x int, y int);
CREATE TRIGGER b_t BEFORE UPDATE ON b FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
CREATE INDEX b_x ON b (x); -- info: index `b_x` of `b` and 1 more stand below trigger `b_t` of `b`
CREATE INDEX b_y ON b (y);
