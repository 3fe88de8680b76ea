CREATE TABLE public.accounts (id bigint NOT NULL, username character varying NOT NULL, domain character varying, private_key text, public_key text NOT NULL, created_at timestamp without time zone NOT NULL, updated_at timestamp without time zone NOT NULL, note text NOT NULL, display_name character varying NOT NULL, uri character varying NOT NULL, url character varying, avatar_file_name character varying, avatar_content_type character varying, avatar_file_size integer, avatar_updated_at timestamp without time zone, locked boolean NOT NULL, inbox_url character varying NOT NULL, outbox_url character varying NOT NULL, shared_inbox_url character varying NOT NULL, followers_url character varying NOT NULL, protocol integer NOT NULL, fields jsonb, actor_type character varying, discoverable boolean, also_known_as character varying[]);
CREATE TABLE public.users (id bigint NOT NULL, email character varying NOT NULL, created_at timestamp without time zone NOT NULL, updated_at timestamp without time zone NOT NULL, encrypted_password character varying NOT NULL, reset_password_token character varying, reset_password_sent_at timestamp without time zone, sign_in_count integer NOT NULL, current_sign_in_at timestamp without time zone, confirmation_token character varying, unconfirmed_email character varying, locale character varying, consumed_timestep integer, otp_required_for_login boolean NOT NULL, otp_backup_codes character varying[], account_id bigint NOT NULL, disabled boolean NOT NULL, chosen_languages character varying[], approved boolean NOT NULL, sign_up_ip inet, settings text, otp_secret character varying, surprise text);
CREATE TABLE public.statuses (id bigint NOT NULL, uri character varying, text text NOT NULL, created_at timestamp without time zone NOT NULL, updated_at timestamp without time zone NOT NULL, in_reply_to_id bigint, url character varying, sensitive boolean NOT NULL, visibility integer NOT NULL, spoiler_text text NOT NULL, reply boolean NOT NULL, language character varying, account_id bigint NOT NULL);
CREATE TABLE public.media_attachments (id bigint NOT NULL, status_id bigint, file_file_name character varying, file_content_type character varying, file_file_size integer, file_updated_at timestamp without time zone, remote_url character varying NOT NULL, created_at timestamp without time zone NOT NULL, updated_at timestamp without time zone NOT NULL, type integer NOT NULL, file_meta json, account_id bigint, description text);
CREATE TABLE public.oauth_access_tokens (id bigint NOT NULL, token character varying NOT NULL, resource_owner_id bigint);
CREATE TABLE public.session_activations (id bigint NOT NULL, session_id character varying NOT NULL, ip inet, access_token_id bigint, user_id bigint NOT NULL);
CREATE TABLE public.webhooks (id bigint NOT NULL, url character varying NOT NULL, events character varying[] NOT NULL, secret character varying NOT NULL, enabled boolean NOT NULL);
CREATE TABLE public.relays (id bigint NOT NULL, inbox_url character varying NOT NULL, state integer NOT NULL);
CREATE TABLE public.settings (id bigint NOT NULL, var character varying NOT NULL, value text, created_at timestamp without time zone, updated_at timestamp without time zone);

COPY public.accounts (id, username, domain, private_key, public_key, created_at, updated_at, note, display_name, uri, url, avatar_file_name, avatar_content_type, avatar_file_size, avatar_updated_at, locked, inbox_url, outbox_url, shared_inbox_url, followers_url, protocol, fields, actor_type, discoverable, also_known_as) FROM stdin;
1	canary_ada	\N	canary	canary	2026-01-01 00:00:00	2026-01-01 00:00:00	i am a canary	Canaryada Canarylace	https://canary.example/ada	https://canary.example/ada	canary.png	image/png	10	2026-01-01 00:00:00	f	https://canary.example/in	https://canary.example/out	https://canary.example/all	https://canary.example/f	1	[{"name": "web", "value": "canary"}]	Person	t	{canary}
\.

COPY public.users (id, email, created_at, updated_at, encrypted_password, reset_password_token, reset_password_sent_at, sign_in_count, current_sign_in_at, confirmation_token, unconfirmed_email, locale, consumed_timestep, otp_required_for_login, otp_backup_codes, account_id, disabled, chosen_languages, approved, sign_up_ip, settings, otp_secret, surprise) FROM stdin;
1	ada@canary.example	2026-01-01 00:00:00	2026-01-01 00:00:00	$2a$10$canary	canary	2026-01-01 00:00:00	0	2026-01-01 00:00:00	canary	new@canary.example	en	7	t	{canary}	1	f	{en}	t	192.0.2.1	{}	canary	a canary
\.

COPY public.statuses (id, uri, text, created_at, updated_at, in_reply_to_id, url, sensitive, visibility, spoiler_text, reply, language, account_id) FROM stdin;
1	https://canary.example/1	a canary sings	2026-01-01 00:00:00	2026-01-01 00:00:00	\N	https://canary.example/1	f	0	canary	f	en	1
\.

COPY public.media_attachments (id, status_id, file_file_name, file_content_type, file_file_size, file_updated_at, remote_url, created_at, updated_at, type, file_meta, account_id, description) FROM stdin;
1	1	canary.jpg	image/jpeg	10	2026-01-01 00:00:00	https://canary.example/1.jpg	2026-01-01 00:00:00	2026-01-01 00:00:00	0	{"original":{"width":10}}	1	a canary on a roof
\.

COPY public.oauth_access_tokens (id, token, resource_owner_id) FROM stdin;
1	canary	1
\.

COPY public.session_activations (id, session_id, ip, access_token_id, user_id) FROM stdin;
1	canary	192.0.2.1	1	1
\.

COPY public.webhooks (id, url, events, secret, enabled) FROM stdin;
1	https://canary.example	{account.created}	canary	t
\.

COPY public.relays (id, inbox_url, state) FROM stdin;
1	https://canary.example	2
\.

COPY public.settings (id, var, value, created_at, updated_at) FROM stdin;
1	site_contact_email	--- ada@canary.example	2026-01-01 00:00:00	2026-01-01 00:00:00
\.

ALTER TABLE ONLY public.accounts ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX u1 ON public.accounts (lower((username)::text), COALESCE(lower((domain)::text), ''::text));
ALTER TABLE ONLY public.users ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX u2 ON public.users (email);
CREATE UNIQUE INDEX u3 ON public.users (confirmation_token);
CREATE UNIQUE INDEX u4 ON public.users (reset_password_token) where (reset_password_token IS NOT NULL);
ALTER TABLE ONLY public.statuses ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX u6 ON public.statuses (uri) where (uri IS NOT NULL);
ALTER TABLE ONLY public.media_attachments ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.oauth_access_tokens ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX u10 ON public.oauth_access_tokens (token);
ALTER TABLE ONLY public.session_activations ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.webhooks ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX u14 ON public.webhooks (url);
ALTER TABLE ONLY public.relays ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.settings ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX u15 ON public.settings (var);
ALTER TABLE ONLY public.users ADD CONSTRAINT f5 FOREIGN KEY (account_id) REFERENCES public.accounts(id);
ALTER TABLE ONLY public.statuses ADD CONSTRAINT f7 FOREIGN KEY (account_id) REFERENCES public.accounts(id);
ALTER TABLE ONLY public.statuses ADD CONSTRAINT f8 FOREIGN KEY (in_reply_to_id) REFERENCES public.statuses(id);
ALTER TABLE ONLY public.media_attachments ADD CONSTRAINT f9 FOREIGN KEY (status_id) REFERENCES public.statuses(id);
ALTER TABLE ONLY public.oauth_access_tokens ADD CONSTRAINT f11 FOREIGN KEY (resource_owner_id) REFERENCES public.users(id);
ALTER TABLE ONLY public.session_activations ADD CONSTRAINT f12 FOREIGN KEY (access_token_id) REFERENCES public.oauth_access_tokens(id);
ALTER TABLE ONLY public.session_activations ADD CONSTRAINT f13 FOREIGN KEY (user_id) REFERENCES public.users(id);
