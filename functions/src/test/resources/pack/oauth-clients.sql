CREATE TABLE public.workspace (id bigint NOT NULL, google_client_secret text, github_app_private_key text, aws_secret_access_key text, salesforce_refresh_token text, surprise text);
CREATE TABLE public.integrations (id bigint NOT NULL, access_token text NOT NULL, credentials jsonb);

COPY public.workspace (id, google_client_secret, github_app_private_key, aws_secret_access_key, salesforce_refresh_token, surprise) FROM stdin;
1	canary	canary	canary	canary	a canary
\.

COPY public.integrations (id, access_token, credentials) FROM stdin;
1	canary	{"x": "canary"}
\.

ALTER TABLE ONLY public.workspace ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.integrations ADD PRIMARY KEY (id);
