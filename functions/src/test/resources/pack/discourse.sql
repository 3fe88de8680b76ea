CREATE TABLE public.users (id integer NOT NULL, username character varying(60) NOT NULL, created_at timestamp without time zone NOT NULL, updated_at timestamp without time zone NOT NULL, name character varying, username_lower character varying(60) NOT NULL, trust_level integer NOT NULL, active boolean NOT NULL, admin boolean NOT NULL, moderator boolean, password_hash character varying(64), salt character varying(32), ip_address inet, title character varying, date_of_birth date, surprise text);
CREATE TABLE public.user_emails (id integer NOT NULL, user_id integer NOT NULL, email character varying(513) NOT NULL, "primary" boolean NOT NULL, normalized_email character varying, created_at timestamp without time zone NOT NULL, updated_at timestamp without time zone NOT NULL);
CREATE TABLE public.user_auth_tokens (id integer NOT NULL, user_id integer NOT NULL, auth_token character varying NOT NULL);
CREATE TABLE public.email_logs (id integer NOT NULL, to_address character varying NOT NULL);
CREATE TABLE public.api_keys (id integer NOT NULL, key_hash character varying NOT NULL);
CREATE TABLE public.single_sign_on_records (id integer NOT NULL, user_id integer NOT NULL, external_id character varying NOT NULL, last_payload text NOT NULL, created_at timestamp without time zone NOT NULL, updated_at timestamp without time zone NOT NULL, external_username character varying, external_email character varying, external_name character varying, external_avatar_url character varying(1000));
CREATE TABLE public.user_associated_accounts (id bigint NOT NULL, provider_name character varying NOT NULL, provider_uid character varying NOT NULL, user_id integer, last_used timestamp without time zone NOT NULL, info json NOT NULL, credentials json NOT NULL, extra json NOT NULL, created_at timestamp without time zone NOT NULL, updated_at timestamp without time zone NOT NULL);
CREATE TABLE public.web_hooks (id integer NOT NULL, payload_url character varying NOT NULL, content_type integer NOT NULL, last_delivery_status integer NOT NULL, status integer NOT NULL, secret character varying, wildcard_web_hook boolean NOT NULL, verify_certificate boolean NOT NULL, active boolean NOT NULL, created_at timestamp without time zone NOT NULL, updated_at timestamp without time zone NOT NULL);
CREATE TABLE public.web_hook_events (id integer NOT NULL, web_hook_id integer NOT NULL, payload text);
CREATE TABLE public.posts (id integer NOT NULL, user_id integer, topic_id integer NOT NULL, post_number integer NOT NULL, raw text NOT NULL, cooked text NOT NULL, created_at timestamp without time zone NOT NULL, updated_at timestamp without time zone NOT NULL);
CREATE TABLE public.site_settings (id integer NOT NULL, name character varying NOT NULL, data_type integer NOT NULL, value text, created_at timestamp without time zone NOT NULL, updated_at timestamp without time zone NOT NULL);
CREATE TABLE public.groups (id integer NOT NULL, name character varying NOT NULL, full_name character varying, bio_raw text, mentionable_level integer DEFAULT 0, smtp_server character varying, smtp_port integer, smtp_enabled boolean DEFAULT false, imap_server character varying, imap_port integer, imap_mailbox_name character varying, imap_enabled boolean DEFAULT false, imap_last_error text, email_username character varying, email_password character varying, email_from_alias character varying, incoming_email character varying, created_at timestamp without time zone NOT NULL, updated_at timestamp without time zone NOT NULL);

COPY public.users (id, username, created_at, updated_at, name, username_lower, trust_level, active, admin, moderator, password_hash, salt, ip_address, title, date_of_birth, surprise) FROM stdin;
1	CanaryAda	2026-01-01 00:00:00	2026-01-01 00:00:00	Canaryada Canarylace	canaryada	1	t	f	f	canary	canary	192.0.2.1	keeper of the canary	1980-05-06	a canary
\.

COPY public.user_emails (id, user_id, email, "primary", normalized_email, created_at, updated_at) FROM stdin;
1	1	ada@canary.example	t	ada@canary.example	2026-01-01 00:00:00	2026-01-01 00:00:00
\.

COPY public.user_auth_tokens (id, user_id, auth_token) FROM stdin;
1	1	canary
\.

COPY public.email_logs (id, to_address) FROM stdin;
1	ada@canary.example
\.

COPY public.api_keys (id, key_hash) FROM stdin;
1	canary
\.

COPY public.single_sign_on_records (id, user_id, external_id, last_payload, created_at, updated_at, external_username, external_email, external_name, external_avatar_url) FROM stdin;
1	1	canary-7	canary	2026-01-01 00:00:00	2026-01-01 00:00:00	canary-ada	ada@canary.example	Canary Ada	https://canary.example
\.

COPY public.user_associated_accounts (id, provider_name, provider_uid, user_id, last_used, info, credentials, extra, created_at, updated_at) FROM stdin;
1	google	canary	1	2026-01-01 00:00:00	{"email":"canary"}	{"token":"canary"}	{"x":"canary"}	2026-01-01 00:00:00	2026-01-01 00:00:00
\.

COPY public.web_hooks (id, payload_url, content_type, last_delivery_status, status, secret, wildcard_web_hook, verify_certificate, active, created_at, updated_at) FROM stdin;
1	https://canary.example	1	1	1	canary	f	t	t	2026-01-01 00:00:00	2026-01-01 00:00:00
\.

COPY public.web_hook_events (id, web_hook_id, payload) FROM stdin;
1	1	canary
\.

COPY public.posts (id, user_id, topic_id, post_number, raw, cooked, created_at, updated_at) FROM stdin;
1	1	1	1	a canary sings	<p>a canary sings</p>	2026-01-01 00:00:00	2026-01-01 00:00:00
\.

COPY public.site_settings (id, name, data_type, value, created_at, updated_at) FROM stdin;
1	github_client_secret	1	canary	2026-01-01 00:00:00	2026-01-01 00:00:00
\.

COPY public.groups (id, name, full_name, bio_raw, mentionable_level, smtp_server, smtp_port, smtp_enabled, imap_server, imap_port, imap_mailbox_name, imap_enabled, imap_last_error, email_username, email_password, email_from_alias, incoming_email, created_at, updated_at) FROM stdin;
41	support	The canary team	about the canary	0	smtp.canary.example	587	t	imap.canary.example	993	canary	t	canary refused	ada@canary.example	canary	help@canary.example	help@canary.example	2026-01-01 00:00:00	2026-01-01 00:00:00
\.

ALTER TABLE ONLY public.groups ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.users ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX u1 ON public.users (username_lower);
ALTER TABLE ONLY public.user_emails ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.user_auth_tokens ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.email_logs ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.api_keys ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.single_sign_on_records ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX u2 ON public.single_sign_on_records (external_id);
ALTER TABLE ONLY public.user_associated_accounts ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.web_hooks ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.web_hook_events ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.posts ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.site_settings ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX u3 ON public.site_settings (name);
