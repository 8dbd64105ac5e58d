SELECT 1; -- error: `1_a.sql` is not called as `NNN_description.sql` says
