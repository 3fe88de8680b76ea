--# policy public.a: {keep: [id, b]}
--# not-verified public.a
--# not-verified public.a
--# not-verified i_class
--# not-verified i_function
--# not-verified i_unique
--# not-verified i_method
--# not-verified public.s
--# not-verified public.a
--# not-verified COMMENT
CREATE TABLE public.a (id integer, b text);
COPY public.a (id, b) FROM stdin;
1	x
\.
ALTER TABLE ONLY public.a ADD CONSTRAINT c CHECK (other.fits(b));
ALTER TABLE ONLY public.a ADD CONSTRAINT a_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.a ADD CONSTRAINT only_once EXCLUDE USING gist (id other.gist_int_ops WITH =);
CREATE INDEX i_class ON public.a USING gin (b other.gin_trgm_ops);
CREATE INDEX i_function ON public.a USING btree (other.f(b));
CREATE UNIQUE INDEX i_unique ON public.a USING btree (other.f(b));
CREATE INDEX i_method ON public.a USING bm25 (id, b) WITH (key_field=id);
CREATE STATISTICS public.s ON other.f(b), id FROM public.a;
ALTER TABLE public.a CLUSTER ON i_function;
COMMENT ON INDEX public.i_function IS 'c';
