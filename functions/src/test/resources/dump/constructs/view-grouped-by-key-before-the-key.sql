--# policy public.a: {keep: [id, name]}
--# not-verified public.v
CREATE TABLE public.a (id integer NOT NULL, name text);
CREATE VIEW public.v AS SELECT a.id, a.name, count(*) AS n FROM public.a GROUP BY a.id;
COPY public.a (id, name) FROM stdin;
1	x
\.
ALTER TABLE ONLY public.a ADD CONSTRAINT a_pkey PRIMARY KEY (id);
