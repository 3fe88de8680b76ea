CREATE SCHEMA auth;
CREATE SCHEMA storage;
CREATE SCHEMA supabase_functions;
CREATE SCHEMA net;
CREATE TABLE auth.users (instance_id uuid, id uuid NOT NULL, aud character varying(255), role character varying(255), email character varying(255), encrypted_password character varying(255), email_confirmed_at timestamp with time zone, invited_at timestamp with time zone, confirmation_token character varying(255), confirmation_sent_at timestamp with time zone, recovery_token character varying(255), recovery_sent_at timestamp with time zone, email_change_token_new character varying(255), email_change character varying(255), email_change_sent_at timestamp with time zone, last_sign_in_at timestamp with time zone, raw_app_meta_data jsonb, raw_user_meta_data jsonb, is_super_admin boolean, created_at timestamp with time zone, updated_at timestamp with time zone, phone text, phone_confirmed_at timestamp with time zone, phone_change text, phone_change_token character varying(255), phone_change_sent_at timestamp with time zone, confirmed_at timestamp with time zone GENERATED ALWAYS AS (LEAST(email_confirmed_at, phone_confirmed_at)) STORED, email_change_token_current character varying(255), email_change_confirm_status smallint, banned_until timestamp with time zone, reauthentication_token character varying(255), reauthentication_sent_at timestamp with time zone, is_sso_user boolean NOT NULL, deleted_at timestamp with time zone, is_anonymous boolean NOT NULL, surprise text, CONSTRAINT c1 CHECK (((email_change_confirm_status >= 0) AND (email_change_confirm_status <= 2))));
CREATE TABLE public.profiles (id uuid NOT NULL);
CREATE TABLE auth.identities (provider_id text NOT NULL, user_id uuid NOT NULL, identity_data jsonb NOT NULL, provider text NOT NULL, last_sign_in_at timestamp with time zone, created_at timestamp with time zone, updated_at timestamp with time zone, email text GENERATED ALWAYS AS (lower((identity_data ->> 'email'::text))) STORED, id uuid DEFAULT gen_random_uuid() NOT NULL);
CREATE TABLE auth.sessions (id uuid NOT NULL, user_id uuid NOT NULL, user_agent text, ip inet);
CREATE TABLE auth.refresh_tokens (id bigint NOT NULL, token character varying(255), session_id uuid);
CREATE TABLE auth.mfa_factors (id uuid NOT NULL, user_id uuid NOT NULL, secret text);
CREATE TABLE auth.audit_log_entries (instance_id uuid, id uuid NOT NULL, payload json, created_at timestamp with time zone, ip_address character varying(64) NOT NULL);
CREATE TABLE auth.instances (id uuid NOT NULL, uuid uuid, raw_base_config text, created_at timestamp with time zone, updated_at timestamp with time zone);
CREATE TABLE auth.schema_migrations (version character varying(255) NOT NULL);
CREATE TABLE storage.buckets (id text NOT NULL, name text NOT NULL, owner uuid, created_at timestamp with time zone, updated_at timestamp with time zone, public boolean, allowed_mime_types text[]);
CREATE TABLE storage.objects (id uuid DEFAULT gen_random_uuid() NOT NULL, bucket_id text, name text, owner uuid, created_at timestamp with time zone, updated_at timestamp with time zone, last_accessed_at timestamp with time zone, metadata jsonb, path_tokens text[] GENERATED ALWAYS AS (string_to_array(name, '/'::text)) STORED, version text);
CREATE TABLE supabase_functions.hooks (id bigint NOT NULL, hook_table_id integer NOT NULL, hook_name text NOT NULL);
CREATE TABLE net.http_request_queue (id bigint NOT NULL, method text NOT NULL, url text NOT NULL, headers jsonb);

COPY auth.users (instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, invited_at, confirmation_token, confirmation_sent_at, recovery_token, recovery_sent_at, email_change_token_new, email_change, email_change_sent_at, last_sign_in_at, raw_app_meta_data, raw_user_meta_data, is_super_admin, created_at, updated_at, phone, phone_confirmed_at, phone_change, phone_change_token, phone_change_sent_at, email_change_token_current, email_change_confirm_status, banned_until, reauthentication_token, reauthentication_sent_at, is_sso_user, deleted_at, is_anonymous, surprise) FROM stdin;
6f1f2e0a-8d2b-4a63-9d2e-000000000001	6f1f2e0a-8d2b-4a63-9d2e-000000000002	authenticated	authenticated	ada@canary.example	$2a$10$canary	2026-01-01 00:00:00+00	2026-01-01 00:00:00+00	canary1	2026-01-01 00:00:00+00	canary2	2026-01-01 00:00:00+00	canary3	new@canary.example	2026-01-01 00:00:00+00	2026-01-01 00:00:00+00	{"provider": "email", "providers": ["email"], "secret": "canary"}	{"full_name": "Canary Ada", "email": "ada@canary.example"}	f	2026-01-01 00:00:00+00	2026-01-01 00:00:00+00	491701234567	2026-01-01 00:00:00+00		canary4	2026-01-01 00:00:00+00	canary5	0	2026-01-01 00:00:00+00	canary6	2026-01-01 00:00:00+00	f	2026-01-01 00:00:00+00	f	a canary
\.

COPY public.profiles (id) FROM stdin;
6f1f2e0a-8d2b-4a63-9d2e-000000000002
\.

COPY auth.identities (provider_id, user_id, identity_data, provider, last_sign_in_at, created_at, updated_at, id) FROM stdin;
canary-77	6f1f2e0a-8d2b-4a63-9d2e-000000000002	{"sub": "canary-77", "email": "ada@canary.example", "email_verified": true}	google	2026-01-01 00:00:00+00	2026-01-01 00:00:00+00	2026-01-01 00:00:00+00	6f1f2e0a-8d2b-4a63-9d2e-000000000003
\.

COPY auth.sessions (id, user_id, user_agent, ip) FROM stdin;
6f1f2e0a-8d2b-4a63-9d2e-000000000001	6f1f2e0a-8d2b-4a63-9d2e-000000000002	canary	192.0.2.1
\.

COPY auth.refresh_tokens (id, token, session_id) FROM stdin;
1	canary	6f1f2e0a-8d2b-4a63-9d2e-000000000001
\.

COPY auth.mfa_factors (id, user_id, secret) FROM stdin;
6f1f2e0a-8d2b-4a63-9d2e-000000000001	6f1f2e0a-8d2b-4a63-9d2e-000000000002	canary
\.

COPY auth.audit_log_entries (instance_id, id, payload, created_at, ip_address) FROM stdin;
6f1f2e0a-8d2b-4a63-9d2e-000000000001	6f1f2e0a-8d2b-4a63-9d2e-000000000001	{"actor":"canary"}	2026-01-01 00:00:00+00	192.0.2.1
\.

COPY auth.instances (id, uuid, raw_base_config, created_at, updated_at) FROM stdin;
6f1f2e0a-8d2b-4a63-9d2e-000000000001	6f1f2e0a-8d2b-4a63-9d2e-000000000001	canary	2026-01-01 00:00:00+00	2026-01-01 00:00:00+00
\.

COPY auth.schema_migrations (version) FROM stdin;
20171026211738
\.

COPY storage.buckets (id, name, owner, created_at, updated_at, public, allowed_mime_types) FROM stdin;
avatars	avatars	6f1f2e0a-8d2b-4a63-9d2e-000000000002	2026-01-01 00:00:00+00	2026-01-01 00:00:00+00	f	{image/png}
\.

COPY storage.objects (id, bucket_id, name, owner, created_at, updated_at, last_accessed_at, metadata, version) FROM stdin;
6f1f2e0a-8d2b-4a63-9d2e-000000000001	avatars	canary/ada.png	6f1f2e0a-8d2b-4a63-9d2e-000000000002	2026-01-01 00:00:00+00	2026-01-01 00:00:00+00	2026-01-01 00:00:00+00	{"size": 10, "mimetype": "image/png", "by": "canary"}	1
\.

COPY supabase_functions.hooks (id, hook_table_id, hook_name) FROM stdin;
1	1	canary
\.

COPY net.http_request_queue (id, method, url, headers) FROM stdin;
1	POST	https://canary.example	{"authorization": "canary"}
\.

ALTER TABLE ONLY auth.users ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX u2 ON auth.users (confirmation_token) where ((confirmation_token)::text !~ '^[0-9 ]*$'::text);
CREATE UNIQUE INDEX u3 ON auth.users (recovery_token) where ((recovery_token)::text !~ '^[0-9 ]*$'::text);
CREATE UNIQUE INDEX u4 ON auth.users (email) where (is_sso_user = false);
CREATE UNIQUE INDEX u5 ON auth.users (phone);
ALTER TABLE ONLY public.profiles ADD PRIMARY KEY (id);
ALTER TABLE ONLY auth.identities ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX u7 ON auth.identities (provider_id, provider);
ALTER TABLE ONLY auth.sessions ADD PRIMARY KEY (id);
ALTER TABLE ONLY auth.refresh_tokens ADD PRIMARY KEY (id);
ALTER TABLE ONLY auth.mfa_factors ADD PRIMARY KEY (id);
ALTER TABLE ONLY auth.audit_log_entries ADD PRIMARY KEY (id);
ALTER TABLE ONLY auth.instances ADD PRIMARY KEY (id);
ALTER TABLE ONLY auth.schema_migrations ADD PRIMARY KEY (version);
ALTER TABLE ONLY storage.buckets ADD PRIMARY KEY (id);
ALTER TABLE ONLY storage.objects ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX u12 ON storage.objects (bucket_id, name);
ALTER TABLE ONLY supabase_functions.hooks ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.profiles ADD CONSTRAINT f6 FOREIGN KEY (id) REFERENCES auth.users(id);
ALTER TABLE ONLY auth.identities ADD CONSTRAINT f8 FOREIGN KEY (user_id) REFERENCES auth.users(id);
ALTER TABLE ONLY auth.sessions ADD CONSTRAINT f9 FOREIGN KEY (user_id) REFERENCES auth.users(id);
ALTER TABLE ONLY auth.refresh_tokens ADD CONSTRAINT f10 FOREIGN KEY (session_id) REFERENCES auth.sessions(id);
ALTER TABLE ONLY auth.mfa_factors ADD CONSTRAINT f11 FOREIGN KEY (user_id) REFERENCES auth.users(id);
ALTER TABLE ONLY storage.objects ADD CONSTRAINT f13 FOREIGN KEY (bucket_id) REFERENCES storage.buckets(id);
