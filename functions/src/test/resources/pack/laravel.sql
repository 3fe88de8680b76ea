CREATE TABLE public.migrations (id integer NOT NULL, migration character varying(255) NOT NULL, batch integer NOT NULL);
CREATE TABLE public.users (id bigint NOT NULL, name character varying(255) NOT NULL, email character varying(255) NOT NULL, email_verified_at timestamp without time zone, password character varying(255) NOT NULL, two_factor_secret text, two_factor_recovery_codes text, two_factor_confirmed_at timestamp without time zone, remember_token character varying(100), current_team_id bigint, profile_photo_path character varying(2048), stripe_id character varying(255), pm_type character varying(255), pm_last_four character varying(4), trial_ends_at timestamp without time zone, created_at timestamp without time zone, updated_at timestamp without time zone, surprise text);
CREATE TABLE public.password_reset_tokens (email character varying(255) NOT NULL, token character varying(255) NOT NULL, created_at timestamp without time zone);
CREATE TABLE public.personal_access_tokens (id bigint NOT NULL, tokenable_type character varying(255) NOT NULL, tokenable_id bigint NOT NULL, name character varying(255) NOT NULL, token character varying(64) NOT NULL, abilities text);
CREATE TABLE public.sessions (id character varying(255) NOT NULL, user_id bigint, ip_address character varying(45), user_agent text, payload text NOT NULL, last_activity integer NOT NULL);
CREATE TABLE public.jobs (id bigint NOT NULL, queue character varying(255) NOT NULL, payload text NOT NULL, attempts smallint NOT NULL, reserved_at integer, available_at integer NOT NULL, created_at integer NOT NULL);
CREATE TABLE public.failed_jobs (id bigint NOT NULL, uuid character varying(255) NOT NULL, payload text NOT NULL, exception text NOT NULL);
CREATE TABLE public.oauth_clients (id uuid NOT NULL, user_id bigint, name character varying(255) NOT NULL, secret character varying(100), provider character varying(255), redirect text NOT NULL, personal_access_client boolean NOT NULL, password_client boolean NOT NULL, revoked boolean NOT NULL, created_at timestamp without time zone, updated_at timestamp without time zone);
CREATE TABLE public.oauth_access_tokens (id character varying(100) NOT NULL, user_id bigint, client_id uuid NOT NULL, revoked boolean NOT NULL);
CREATE TABLE public.notifications (id uuid NOT NULL, type character varying(255) NOT NULL, notifiable_type character varying(255) NOT NULL, notifiable_id bigint NOT NULL, data text NOT NULL, read_at timestamp without time zone, created_at timestamp without time zone, updated_at timestamp without time zone);
CREATE TABLE public.subscriptions (id bigint NOT NULL, user_id bigint NOT NULL, type character varying(255) NOT NULL, stripe_id character varying(255) NOT NULL, stripe_status character varying(255) NOT NULL, stripe_price character varying(255), quantity integer, trial_ends_at timestamp without time zone, ends_at timestamp without time zone, created_at timestamp without time zone, updated_at timestamp without time zone);
CREATE TABLE public.telescope_entries (sequence bigint NOT NULL, uuid uuid NOT NULL, type character varying(20) NOT NULL, content text NOT NULL);

COPY public.migrations (id, migration, batch) FROM stdin;
1	2014_10_12_000000_create_users_table	1
\.

COPY public.users (id, name, email, email_verified_at, password, two_factor_secret, two_factor_recovery_codes, two_factor_confirmed_at, remember_token, current_team_id, profile_photo_path, stripe_id, pm_type, pm_last_four, trial_ends_at, created_at, updated_at, surprise) FROM stdin;
1	Canaryada Canarylace	ada@canary.example	2026-01-01 00:00:00	$2y$12$canary	canary	canary	2026-01-01 00:00:00	canary	1	photos/canary.png	cus_canary	visa	4242	2026-01-01 00:00:00	2026-01-01 00:00:00	2026-01-01 00:00:00	a canary
\.

COPY public.password_reset_tokens (email, token, created_at) FROM stdin;
ada@canary.example	canary	2026-01-01 00:00:00
\.

COPY public.personal_access_tokens (id, tokenable_type, tokenable_id, name, token, abilities) FROM stdin;
1	User	1	canary	canary	*
\.

COPY public.sessions (id, user_id, ip_address, user_agent, payload, last_activity) FROM stdin;
canary	1	192.0.2.1	canary	canary	1
\.

COPY public.jobs (id, queue, payload, attempts, reserved_at, available_at, created_at) FROM stdin;
1	default	mail to canary	0	1	1	1
\.

COPY public.failed_jobs (id, uuid, payload, exception) FROM stdin;
1	6f1f2e0a-8d2b-4a63-9d2e-000000000001	canary	canary
\.

COPY public.oauth_clients (id, user_id, name, secret, provider, redirect, personal_access_client, password_client, revoked, created_at, updated_at) FROM stdin;
6f1f2e0a-8d2b-4a63-9d2e-000000000001	1	App	canary	users	https://canary.example	f	f	f	2026-01-01 00:00:00	2026-01-01 00:00:00
\.

COPY public.oauth_access_tokens (id, user_id, client_id, revoked) FROM stdin;
canary	1	6f1f2e0a-8d2b-4a63-9d2e-000000000001	f
\.

COPY public.notifications (id, type, notifiable_type, notifiable_id, data, read_at, created_at, updated_at) FROM stdin;
6f1f2e0a-8d2b-4a63-9d2e-000000000001	Paid	User	1	{"name":"canary"}	2026-01-01 00:00:00	2026-01-01 00:00:00	2026-01-01 00:00:00
\.

COPY public.subscriptions (id, user_id, type, stripe_id, stripe_status, stripe_price, quantity, trial_ends_at, ends_at, created_at, updated_at) FROM stdin;
1	1	default	sub_canary	active	price_1	1	2026-01-01 00:00:00	2026-01-01 00:00:00	2026-01-01 00:00:00	2026-01-01 00:00:00
\.

COPY public.telescope_entries (sequence, uuid, type, content) FROM stdin;
1	6f1f2e0a-8d2b-4a63-9d2e-000000000001	request	canary
\.

ALTER TABLE ONLY public.migrations ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.users ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX u1 ON public.users (email);
ALTER TABLE ONLY public.password_reset_tokens ADD PRIMARY KEY (email);
ALTER TABLE ONLY public.personal_access_tokens ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.sessions ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.jobs ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.failed_jobs ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.oauth_clients ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.oauth_access_tokens ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.notifications ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.subscriptions ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX u2 ON public.subscriptions (stripe_id);
ALTER TABLE ONLY public.telescope_entries ADD PRIMARY KEY (sequence);
