SELECT 1; -- error: `1-c` has the number 1, which `0001_first` has too
