SELECT 1; -- warning: numbers 902 to 903 are missing before `904_x`
