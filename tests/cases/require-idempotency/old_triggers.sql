CREATE TRIGGER t BEFORE UPDATE ON marketing.a FOR EACH ROW EXECUTE FUNCTION f(); -- error: trigger `t` of `marketing.a` is created without a guard
