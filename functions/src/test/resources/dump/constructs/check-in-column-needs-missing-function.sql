--# policy public.a: {keep: [id, b]}
--# not-verified the CHECK c of column b of public.a
--# not-verified the CHECK of public.a
CREATE TABLE public.a (id integer, b text CONSTRAINT c CHECK (other.fits(b)), CHECK (other.fits(b)));
COPY public.a (id, b) FROM stdin;
1	x
\.
