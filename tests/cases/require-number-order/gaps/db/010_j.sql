SELECT 1; -- warning: numbers 7 to 9 are missing before `010_j`
