SELECT 1; -- error: `V1__a` has the number 1, which `V1.0__b` has too
