DROP TABLE c; -- error: the down migration does not take back index `i` of `b`
DROP TABLE IF EXIST d;
