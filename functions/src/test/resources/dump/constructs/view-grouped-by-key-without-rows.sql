--# policy public.a: {keep: [id, name]}
CREATE TABLE public.a (id integer NOT NULL, name text);
ALTER TABLE ONLY public.a ADD CONSTRAINT a_pkey PRIMARY KEY (id);
CREATE VIEW public.v AS SELECT a.id, a.name, count(*) AS n FROM public.a GROUP BY a.id;
CREATE VIEW public.w AS SELECT v.id FROM public.v;
