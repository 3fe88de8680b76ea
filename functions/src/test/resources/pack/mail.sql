CREATE TABLE public.tenant (id bigint NOT NULL, smtp_host text, smtp_username text, smtp_password text NOT NULL, sendgrid_api_key text, twilio_auth_token text, surprise text);
CREATE TABLE public.mail_settings (id bigint NOT NULL, host text, password text);
CREATE TABLE public.queued_emails (id bigint NOT NULL, recipient text NOT NULL, body text);

COPY public.tenant (id, smtp_host, smtp_username, smtp_password, sendgrid_api_key, twilio_auth_token, surprise) FROM stdin;
1	mail.canary.example	canary	canary	canary	canary	a canary
\.

COPY public.mail_settings (id, host, password) FROM stdin;
1	mail.canary.example	canary
\.

COPY public.queued_emails (id, recipient, body) FROM stdin;
1	ada@canary.example	dear canary
\.

ALTER TABLE ONLY public.tenant ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.mail_settings ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.queued_emails ADD PRIMARY KEY (id);
