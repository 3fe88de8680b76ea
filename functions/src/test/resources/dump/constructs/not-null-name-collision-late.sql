--# policy public.a: {keep: [id, b]}
--# not-verified public.a
CREATE TABLE public.a (id integer NOT NULL, b integer NOT NULL);
COPY public.a (id, b) FROM stdin;
1	2
\.
ALTER TABLE public.a ADD CONSTRAINT a_b_not_null CHECK ((b > 0)) NOT VALID;
