--# policy public.a: {keep: [id, b]}
--# not-verified DOMAIN public.d
--# not-verified type public.d
--# needs the function of the CHECK
CREATE DOMAIN public.d AS text CONSTRAINT c CHECK (other.fits(VALUE));
CREATE TABLE public.a (id integer, b public.d);
COPY public.a (id, b) FROM stdin;
1	x
\.
