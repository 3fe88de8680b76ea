--# policy public.a: {keep: [id, b]}
CREATE FUNCTION public.on_ddl() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE TABLE public.a (id integer NOT NULL, b integer);
COPY public.a (id, b) FROM stdin;
1	2
\.
ALTER TABLE ONLY public.a ADD CONSTRAINT a_pkey PRIMARY KEY (id);
CREATE RULE r AS ON DELETE TO public.a WHERE (old.id < 0) DO INSTEAD NOTHING;
CREATE PUBLICATION p WITH (publish = 'insert, update, delete, truncate');
ALTER PUBLICATION p ADD TABLE ONLY public.a;
CREATE SUBSCRIPTION s CONNECTION 'host=x password=y' PUBLICATION p WITH (connect = false, slot_name = 's');
ALTER TABLE public.a ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.a FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON public.a FOR SELECT TO app USING ((id = 1));
CREATE EVENT TRIGGER et ON ddl_command_start EXECUTE FUNCTION public.on_ddl();
