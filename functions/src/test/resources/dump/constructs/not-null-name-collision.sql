--# policy public.a: {keep: [id, b]}
CREATE TABLE public.a (id integer NOT NULL, b integer NOT NULL,
    CONSTRAINT a_id_not_null CHECK ((id IS NOT NULL)),
    CONSTRAINT a_b_not_null CHECK ((b > 0)));
COPY public.a (id, b) FROM stdin;
1	2
\.
