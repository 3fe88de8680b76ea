--# policy public.a: {keep: [id, b]}
--# not-verified public.py
--# not-verified the DEFAULT of column b of public.a
CREATE FUNCTION public.py() RETURNS integer LANGUAGE plpython3u AS $$ return 1 $$;
CREATE TABLE public.a (id integer, b integer DEFAULT public.py());
COPY public.a (id, b) FROM stdin;
1	2
\.
