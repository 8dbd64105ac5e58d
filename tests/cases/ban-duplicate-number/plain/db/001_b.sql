SELECT 1; -- error: `001_b` has the number 001, which `0001_first` has too
