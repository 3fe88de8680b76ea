--# policy public.a: {keep: [id, b]}
--# not-verified the expression of column c of public.a
--# needs the function of the expression
CREATE TABLE public.a (id integer, b text, c text GENERATED ALWAYS AS (other.f(b)) STORED);
COPY public.a (id, b) FROM stdin;
1	x
\.
