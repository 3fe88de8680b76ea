--# policy public.a: {keep: [id, e, es, c, cs, r, m, d, s]}
CREATE TYPE public.e AS ENUM ('a''b', 'Größe', '');
CREATE TYPE public.c AS (x integer, y public.e);
CREATE TYPE public.r AS RANGE (subtype = double precision, multirange_type_name = public.mr);
CREATE DOMAIN public.d AS integer DEFAULT 1 NOT NULL CONSTRAINT pos CHECK ((VALUE > 0));
CREATE DOMAIN public.dd AS public.d;
CREATE COLLATION public.ci (provider = icu, deterministic = false, locale = 'und-u-ks-level2');
CREATE TABLE public.a (id integer NOT NULL, e public.e, es public.e[], c public.c, cs public.c[], r public.r, m public.mr, d public.dd, s text COLLATE public.ci, g integer GENERATED ALWAYS AS ((id * 2)) STORED);
ALTER TABLE public.a ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME public.a_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1);
COPY public.a (id, e, es, c, cs, r, m, d, s) FROM stdin;
1	a'b	{Größe,NULL,""}	(1,Größe)	{"(1,\\"a'b\\")"}	[1.5,2)	{[1,2)}	3	Ä
\.
SELECT pg_catalog.setval('public.a_id_seq', 1, true);
ALTER TABLE ONLY public.a ADD CONSTRAINT a_s UNIQUE (s);
ALTER TABLE ONLY public.a ADD CONSTRAINT no_overlap EXCLUDE USING gist (r WITH &&);
