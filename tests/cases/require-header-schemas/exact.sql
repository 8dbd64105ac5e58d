-- Schemas: marketing, intake, bit, public
-- Everything that changes a schema counts; what is only read or referred to may stand there.
CREATE TABLE marketing.a (a int REFERENCES intake.b);
CREATE VIEW marketing.v AS SELECT * FROM bit.events;
CREATE TRIGGER t BEFORE UPDATE ON marketing.a FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();
