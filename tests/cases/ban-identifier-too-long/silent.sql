DROP INDEX IF EXISTS idx_marketing_scores_company_unique_id_for_the_monthly_report_of_2026;
ALTER TABLE scores DROP CONSTRAINT scores_company_unique_id_for_the_monthly_report_of_2026_key_number;
CREATE TABLE exactly_sixty_three_bytes_are_kept_and_this_name_has_just_those (a int);
CREATE INDEX "idx_${table}_with_a_name_that_a_tool_fills_in_and_that_is_longer_than_anything" ON scores (a);
SELECT 'a text that is much longer than any name could ever be, and that nobody would take for one';
