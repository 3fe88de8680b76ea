--# embedded
--# policy public.a: {keep: [id]}
--# not-verified public.slow
--# needs the right to create pg_stat_statements
CREATE EXTENSION IF NOT EXISTS pg_stat_statements WITH SCHEMA public;
CREATE TABLE public.a (id integer NOT NULL);
CREATE VIEW public.slow AS SELECT pg_stat_statements.query, pg_stat_statements.total_time FROM public.pg_stat_statements;
COPY public.a (id) FROM stdin;
1
\.
