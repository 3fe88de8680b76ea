--# policy public.a: {keep: [id, b]}
--# policy public.known: {keep: [code]}
CREATE FUNCTION public.fits(text) RETURNS boolean LANGUAGE sql STABLE AS $_$ SELECT EXISTS (SELECT 1 FROM public.known WHERE code = $1) $_$;
CREATE DOMAIN public.d AS text CONSTRAINT c CHECK (public.fits(VALUE));
CREATE TABLE public.a (id integer, b public.d);
CREATE TABLE public.known (code text);
COPY public.a (id, b) FROM stdin;
1	x
\.
COPY public.known (code) FROM stdin;
x
\.
