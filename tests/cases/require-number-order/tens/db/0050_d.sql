SELECT 1; -- warning: number 40 is missing before `0050_d`
