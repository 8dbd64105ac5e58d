-- Row-level security policies.
CREATE POLICY p ON a;
CREATE POLICY p ON a USING (true);
CREATE POLICY "Companies are public" ON marketing.company_master FOR SELECT USING (true);
CREATE POLICY p ON a FOR ALL TO PUBLIC USING (owner = current_user) WITH CHECK (owner = current_user);
CREATE POLICY p ON a FOR INSERT WITH CHECK (auth.uid() = user_id);
CREATE POLICY p ON a FOR UPDATE TO authenticated, service_role USING (a) WITH CHECK (b);
CREATE POLICY p ON a FOR DELETE TO CURRENT_USER, SESSION_USER, "Bob" USING (false);
CREATE POLICY p ON a AS PERMISSIVE FOR SELECT TO anon USING (EXISTS (SELECT 1 FROM members m WHERE m.id = a.id));
CREATE POLICY p ON a AS RESTRICTIVE USING (tenant_id = current_setting('app.tenant')::uuid);
CREATE POLICY p ON a AS restrictive FOR ALL TO CURRENT_ROLE;
CREATE POLICY p ON a TO bob;
CREATE POLICY if ON a FOR SELECT USING (b);
ALTER POLICY p ON a RENAME TO q;
ALTER POLICY IF EXISTS p ON marketing.a RENAME TO "Q";
ALTER POLICY p ON a TO bob, PUBLIC;
ALTER POLICY p ON a USING (b > 0);
ALTER POLICY p ON marketing.a TO bob USING (b > 0) WITH CHECK (b < 10);
ALTER POLICY p ON a WITH CHECK (true);
ALTER POLICY p ON a;
DROP POLICY p ON a;
DROP POLICY IF EXISTS "Companies are public" ON marketing.company_master CASCADE;
DROP POLICY IF EXISTS p ON a RESTRICT;
-- rejected
CREATE POLICY IF NOT EXISTS p ON a FOR SELECT USING (true);
-- rejected
CREATE OR REPLACE POLICY p ON a USING (true);
-- rejected
CREATE POLICY p;
-- rejected
CREATE POLICY p FOR SELECT ON a USING (true);
-- rejected
CREATE POLICY p ON a USING true;
-- rejected
CREATE POLICY p ON a USING ();
-- rejected
CREATE POLICY p ON a FOR SELECT, INSERT USING (true);
-- rejected
CREATE POLICY p ON a FOR READ USING (true);
-- rejected
CREATE POLICY p ON a TO bob FOR SELECT USING (true);
-- rejected
CREATE POLICY p ON a AS STRICT USING (true);
-- rejected
CREATE POLICY p ON a FOR SELECT AS RESTRICTIVE USING (true);
-- rejected
CREATE POLICY p ON a WITH CHECK (true) USING (true);
-- rejected
CREATE POLICY p ON a CHECK (true);
-- rejected
CREATE POLICY 'p' ON a USING (true);
-- rejected
CREATE POLICY p ON a TO USING (true);
-- rejected
ALTER POLICY p ON a FOR SELECT;
-- rejected
ALTER POLICY p USING (true);
-- rejected
DROP POLICY p;
-- rejected
DROP POLICY IF EXISTS p ON a, b;
-- rejected
DROP POLICY p ON IF EXISTS a;
