--# policy public.a: {keep: [id, b]}
--# policy public.b: {keep: [id, a]}
--# policy public.p: {keep: [id, day]}
--# policy public.c: {keep: [id, day, parent]}
CREATE TABLE public.a (id integer NOT NULL, b integer);
CREATE TABLE public.b (id integer NOT NULL, a integer);
CREATE TABLE public.p (id integer NOT NULL, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE public.p_2025 (id integer NOT NULL, day date NOT NULL);
CREATE TABLE public.p_rest (id integer NOT NULL, day date NOT NULL);
CREATE TABLE public.c (id integer, day date, parent integer);
ALTER TABLE ONLY public.p ATTACH PARTITION public.p_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
ALTER TABLE ONLY public.p ATTACH PARTITION public.p_rest DEFAULT;
COPY public.a (id, b) FROM stdin;
1	2
\.
COPY public.b (id, a) FROM stdin;
2	1
\.
COPY public.p_2025 (id, day) FROM stdin;
1	2025-05-05
\.
COPY public.p_rest (id, day) FROM stdin;
1	2024-05-05
\.
COPY public.c (id, day, parent) FROM stdin;
1	2025-05-05	\N
2	2024-05-05	1
\.
ALTER TABLE ONLY public.a ADD CONSTRAINT a_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.b ADD CONSTRAINT b_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.p ADD CONSTRAINT p_pkey PRIMARY KEY (id, day);
ALTER TABLE ONLY public.p_2025 ADD CONSTRAINT p_2025_pkey PRIMARY KEY (id, day);
ALTER TABLE ONLY public.p_rest ADD CONSTRAINT p_rest_pkey PRIMARY KEY (id, day);
ALTER TABLE ONLY public.c ADD CONSTRAINT c_unique UNIQUE (id) DEFERRABLE INITIALLY DEFERRED;
ALTER INDEX public.p_pkey ATTACH PARTITION public.p_2025_pkey;
ALTER INDEX public.p_pkey ATTACH PARTITION public.p_rest_pkey;
ALTER TABLE ONLY public.a ADD CONSTRAINT a_b FOREIGN KEY (b) REFERENCES public.b(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.b ADD CONSTRAINT b_a FOREIGN KEY (a) REFERENCES public.a(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.c ADD CONSTRAINT c_p FOREIGN KEY (id, day) REFERENCES public.p(id, day) NOT VALID;
ALTER TABLE public.p ADD CONSTRAINT p_a FOREIGN KEY (id) REFERENCES public.a(id);
