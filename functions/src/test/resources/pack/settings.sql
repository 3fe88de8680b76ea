CREATE TABLE public.app_settings (id bigint NOT NULL, key text NOT NULL, value text NOT NULL, surprise text);
CREATE TABLE public.config (name text NOT NULL, value text);

COPY public.app_settings (id, key, value, surprise) FROM stdin;
1	smtp_password	canary	a canary
\.

COPY public.config (name, value) FROM stdin;
api_key	canary
\.

ALTER TABLE ONLY public.app_settings ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX u1 ON public.app_settings (key);
ALTER TABLE ONLY public.config ADD PRIMARY KEY (name);
