--# policy public.a: {keep: [id, b]}
--# policy public.c: {keep: [a]}
CREATE TABLE public.a (id integer, b integer);
CREATE TABLE public.c (a integer);
COPY public.a (id, b) FROM stdin;
1	-2
\.
COPY public.c (a) FROM stdin;
7
\.
ALTER TABLE public.a ADD CONSTRAINT positive CHECK ((b > 0)) NOT VALID;
ALTER TABLE ONLY public.a ADD CONSTRAINT a_pkey PRIMARY KEY (id);
ALTER TABLE public.c ADD CONSTRAINT c_a FOREIGN KEY (a) REFERENCES public.a(id) NOT VALID;
