--# policy public.a: {keep: [id]}
--# not-verified plperl
--# not-verified public.c
--# not-verified public.py
--# not-verified public.pl
CREATE OR REPLACE PROCEDURAL LANGUAGE plperl;
CREATE FUNCTION public.py() RETURNS integer LANGUAGE plpython3u AS $$ return 1 $$;
CREATE FUNCTION public.pl() RETURNS integer LANGUAGE plperl AS $$ return 1; $$;
CREATE FUNCTION public.c() RETURNS integer LANGUAGE c AS '$libdir/absent', 'c';
CREATE TABLE public.a (id integer);
COPY public.a (id) FROM stdin;
1
\.
