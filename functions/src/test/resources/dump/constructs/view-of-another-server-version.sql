--# policy public.a: {keep: [id]}
--# not-verified public.checkpoints
CREATE TABLE public.a (id integer NOT NULL);
CREATE VIEW public.checkpoints AS SELECT pg_stat_bgwriter.checkpoints_req FROM pg_stat_bgwriter;
COPY public.a (id) FROM stdin;
1
\.
