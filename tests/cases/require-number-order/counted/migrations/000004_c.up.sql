SELECT 1; -- warning: number 3 is missing before `000004_c`
