--# embedded
--# policy public.a: {keep: [id]}
--# not-verified SERVER other
--# not-verified public.far
--# needs the right to create file_fdw
CREATE EXTENSION IF NOT EXISTS file_fdw WITH SCHEMA public;
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
CREATE FOREIGN TABLE public.log (line text) SERVER files OPTIONS (filename '/var/log/x', format 'text');
CREATE SERVER other FOREIGN DATA WRAPPER absent_fdw;
CREATE FOREIGN TABLE public.far (id integer) SERVER other;
CREATE TABLE public.a (id integer);
CREATE VIEW public.lines AS SELECT log.line FROM public.log;
COPY public.a (id) FROM stdin;
1
\.
