CREATE TABLE public.d (id INTEGER PRIMARY KEY AUTOINCREMENT); -- error: found `AUTOINCREMENT`
CREATE TABLE public.e (id INTEGER,); -- error: found `)`
