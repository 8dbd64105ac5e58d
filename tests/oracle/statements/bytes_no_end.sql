SELECT 1;
SELECT 'no semicolon at the end, and no line break'