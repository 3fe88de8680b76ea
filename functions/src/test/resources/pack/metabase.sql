CREATE TABLE public.core_user (id integer NOT NULL, email character varying(254) NOT NULL, first_name character varying(254), last_name character varying(254), password character varying(254), password_salt character varying(254), date_joined timestamp with time zone NOT NULL, last_login timestamp with time zone, is_superuser boolean NOT NULL, is_active boolean NOT NULL, reset_token character varying(254), reset_triggered bigint, sso_source character varying(254), locale character varying(5), login_attributes text, surprise text);
CREATE TABLE public.core_session (id character varying(254) NOT NULL, user_id integer NOT NULL);
CREATE TABLE public.metabase_database (id integer NOT NULL, created_at timestamp with time zone NOT NULL, updated_at timestamp with time zone NOT NULL, name character varying(254) NOT NULL, description text, details text NOT NULL, engine character varying(254) NOT NULL, is_sample boolean NOT NULL, creator_id integer, settings text);
CREATE TABLE public.metabase_fieldvalues (id integer NOT NULL, values text);
CREATE TABLE public.pulse_channel (id integer NOT NULL, pulse_id integer NOT NULL, channel_type character varying(32) NOT NULL, details text NOT NULL, schedule_type character varying(32) NOT NULL, schedule_hour integer, enabled boolean NOT NULL, created_at timestamp without time zone NOT NULL, updated_at timestamp without time zone NOT NULL);
CREATE TABLE public.pulse_channel_recipient (id integer NOT NULL, pulse_channel_id integer NOT NULL, user_id integer NOT NULL);
CREATE TABLE public.setting (key character varying(254) NOT NULL, value text NOT NULL);
CREATE TABLE public.query_execution (id integer NOT NULL, error text);
CREATE TABLE public.channel (id integer NOT NULL, name character varying(254) NOT NULL, description text, type character varying(32) NOT NULL, details text NOT NULL, active boolean NOT NULL, created_at timestamp with time zone NOT NULL, updated_at timestamp with time zone NOT NULL);

COPY public.core_user (id, email, first_name, last_name, password, password_salt, date_joined, last_login, is_superuser, is_active, reset_token, reset_triggered, sso_source, locale, login_attributes, surprise) FROM stdin;
1	ada@canary.example	Canaryada	Canarylace	$2a$10$canary	canary	2026-01-01 00:00:00+00	2026-01-01 00:00:00+00	t	t	canary	1	\N	en	{"x":"canary"}	a canary
\.

COPY public.core_session (id, user_id) FROM stdin;
canary	1
\.

COPY public.metabase_database (id, created_at, updated_at, name, description, details, engine, is_sample, creator_id, settings) FROM stdin;
1	2026-01-01 00:00:00+00	2026-01-01 00:00:00+00	Shop	the shop	{"password":"canary"}	postgres	f	1	{"canary":1}
\.

COPY public.metabase_fieldvalues (id, values) FROM stdin;
1	["canary"]
\.

COPY public.pulse_channel (id, pulse_id, channel_type, details, schedule_type, schedule_hour, enabled, created_at, updated_at) FROM stdin;
1	1	email	{"emails":["ada@canary.example"]}	daily	8	t	2026-01-01 00:00:00	2026-01-01 00:00:00
\.

COPY public.pulse_channel_recipient (id, pulse_channel_id, user_id) FROM stdin;
1	1	1
\.

COPY public.setting (key, value) FROM stdin;
email-smtp-password	canary
\.

COPY public.query_execution (id, error) FROM stdin;
1	canary
\.

COPY public.channel (id, name, description, type, details, active, created_at, updated_at) FROM stdin;
1	Alerts	about the canary	channel/http	{"url":"https://canary.example"}	t	2026-01-01 00:00:00+00	2026-01-01 00:00:00+00
\.

ALTER TABLE ONLY public.channel ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.core_user ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX u1 ON public.core_user (email);
ALTER TABLE ONLY public.core_session ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.metabase_database ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.metabase_fieldvalues ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.pulse_channel ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.pulse_channel_recipient ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.setting ADD PRIMARY KEY (key);
ALTER TABLE ONLY public.query_execution ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.core_session ADD CONSTRAINT f2 FOREIGN KEY (user_id) REFERENCES public.core_user(id);
ALTER TABLE ONLY public.metabase_database ADD CONSTRAINT f3 FOREIGN KEY (creator_id) REFERENCES public.core_user(id);
