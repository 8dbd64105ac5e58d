-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY, owner text);
ALTER TABLE a ENABLE ROW LEVEL SECURITY;
CREATE POLICY everything ON a USING (true); -- warning: row level security of `a` keeps nobody from reading and writing rows: `everything` holds for all of them
CREATE POLICY reading ON a FOR SELECT USING (true);
CREATE POLICY deleting ON a FOR DELETE TO public USING (TRUE); -- warning: keeps nobody from deleting rows
CREATE POLICY changing ON a FOR UPDATE USING (true); -- warning: keeps nobody from changing rows
CREATE POLICY own ON a FOR UPDATE USING (owner = current_user) WITH CHECK (true);
CREATE POLICY signed ON a FOR UPDATE USING (true) WITH CHECK (owner = current_user);
CREATE POLICY postgres ON a TO postgres USING (true);
CREATE POLICY half ON a USING (true) WITH CHECK (owner = current_user); -- warning: keeps nobody from reading and deleting rows
CREATE POLICY other_half ON a USING (owner = current_user) WITH CHECK (true); -- warning: keeps nobody from inserting rows
-- case: 002_b.sql, isolated
CREATE TABLE b (id bigint PRIMARY KEY, owner text);
ALTER TABLE b ENABLE ROW LEVEL SECURITY;
CREATE POLICY anybody ON b FOR INSERT WITH CHECK (true);
CREATE POLICY own ON b AS RESTRICTIVE USING (owner = current_user);
CREATE TABLE c (id bigint PRIMARY KEY);
CREATE POLICY idle ON c USING (true);
CREATE TABLE d (id bigint PRIMARY KEY);
ALTER TABLE d ENABLE ROW LEVEL SECURITY;
CREATE POLICY gone ON d USING (true);
-- case: 003_c.sql, isolated
DROP POLICY gone ON d;
