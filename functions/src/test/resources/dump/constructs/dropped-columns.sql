--# policy public.a: {keep: [id, c]}
--# policy public.child: {keep: [c, id, extra]}
CREATE TABLE public.a (id integer, c text);
CREATE TABLE public.child (c text, id integer, extra integer);
ALTER TABLE ONLY public.child INHERIT public.a;
COPY public.a (id, c) FROM stdin;
1	x
\.
COPY public.child (c, id, extra) FROM stdin;
y	2	3
\.
