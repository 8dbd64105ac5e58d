SELECT 1; -- warning: number 4 is missing before `005_e`
