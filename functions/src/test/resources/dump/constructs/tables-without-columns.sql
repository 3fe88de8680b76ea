--# policy public.empty: {keep: []}
--# policy public.a: {keep: [id]}
CREATE TABLE public.empty (
);
CREATE TABLE public.a (id integer);
COPY public.empty  FROM stdin;


\.
COPY public.a (id) FROM stdin;
1
\.
