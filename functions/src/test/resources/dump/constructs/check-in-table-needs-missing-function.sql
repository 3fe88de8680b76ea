--# policy public.a: {keep: [id, b]}
--# not-verified public.a
--# not-verified COMMENT
CREATE TABLE public.a (id integer, b text, CONSTRAINT c CHECK (other.fits(b)), CONSTRAINT d CHECK ((id > 0)));
COPY public.a (id, b) FROM stdin;
1	x
\.
COMMENT ON CONSTRAINT c ON public.a IS 'c';
