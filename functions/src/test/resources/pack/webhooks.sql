CREATE TABLE public.webhook_endpoints (id bigint NOT NULL, target_url text NOT NULL, signing_secret text, headers jsonb);
CREATE TABLE public.team (id bigint NOT NULL, slack_webhook_url text, callback_url text, surprise text);
CREATE TABLE public.webhook_deliveries (id bigint NOT NULL, payload jsonb);
CREATE TABLE public.invoice (id bigint NOT NULL, last_delivery_id bigint);

COPY public.webhook_endpoints (id, target_url, signing_secret, headers) FROM stdin;
1	https://canary.example	canary	{"authorization": "canary"}
\.

COPY public.team (id, slack_webhook_url, callback_url, surprise) FROM stdin;
1	https://canary.example	https://canary.example	a canary
\.

COPY public.webhook_deliveries (id, payload) FROM stdin;
1	{"email": "canary"}
\.

COPY public.invoice (id, last_delivery_id) FROM stdin;
1	1
\.

ALTER TABLE ONLY public.webhook_endpoints ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.team ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.webhook_deliveries ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.invoice ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.invoice ADD CONSTRAINT f1 FOREIGN KEY (last_delivery_id) REFERENCES public.webhook_deliveries(id);
