CREATE TABLE public.ir_module_module (id integer NOT NULL, name character varying NOT NULL, state character varying, latest_version character varying);
CREATE TABLE public.res_partner (id integer NOT NULL, company_id integer, parent_id integer, name character varying, display_name character varying, ref character varying, lang character varying, tz character varying, vat character varying, website character varying, comment text, function character varying, type character varying, street character varying, street2 character varying, zip character varying, city character varying, state_id integer, country_id integer, email character varying, email_normalized character varying, phone character varying, mobile character varying, is_company boolean, active boolean, partner_latitude numeric, signup_token character varying, create_uid integer, create_date timestamp without time zone, write_uid integer, write_date timestamp without time zone, surprise text);
CREATE TABLE public.res_users (id integer NOT NULL, company_id integer NOT NULL, partner_id integer NOT NULL, active boolean, login character varying NOT NULL, password character varying, signature text, totp_secret character varying, share boolean, create_date timestamp without time zone, write_date timestamp without time zone);
CREATE TABLE public.ir_config_parameter (id integer NOT NULL, key character varying NOT NULL, value text NOT NULL, create_date timestamp without time zone, write_date timestamp without time zone);
CREATE TABLE public.ir_mail_server (id integer NOT NULL, name character varying NOT NULL, smtp_host character varying NOT NULL, smtp_port integer NOT NULL, smtp_user character varying, smtp_pass character varying, smtp_encryption character varying NOT NULL, active boolean);
CREATE TABLE public.fetchmail_server (id integer NOT NULL, name character varying NOT NULL, active boolean, state character varying, server character varying, "user" character varying, password character varying);
CREATE TABLE public.mail_message (id integer NOT NULL, subject character varying, body text, email_from character varying, message_type character varying NOT NULL, model character varying, res_id integer, author_id integer, message_id character varying, create_date timestamp without time zone);
CREATE TABLE public.mail_mail (id integer NOT NULL, mail_message_id integer NOT NULL, body_html text, email_to text, state character varying);
CREATE TABLE public.mail_notification (id integer NOT NULL, mail_mail_id integer, failure_reason text);
CREATE TABLE public.ir_cron (id integer NOT NULL, cron_name character varying, user_id integer NOT NULL, active boolean, interval_number integer, interval_type character varying, nextcall timestamp without time zone);
CREATE TABLE public.payment_provider (id integer NOT NULL, name jsonb NOT NULL, code character varying NOT NULL, state character varying NOT NULL, stripe_publishable_key character varying, stripe_secret_key character varying, stripe_webhook_secret character varying);
CREATE TABLE public.payment_token (id integer NOT NULL, provider_id integer NOT NULL, partner_id integer NOT NULL, payment_details character varying, provider_ref character varying NOT NULL, active boolean);
CREATE TABLE public.auth_oauth_provider (id integer NOT NULL, name character varying NOT NULL, client_id character varying, enabled boolean, auth_endpoint character varying NOT NULL);
CREATE TABLE public.mailing_mailing (id integer NOT NULL, state character varying NOT NULL, mailing_type character varying NOT NULL, active boolean, email_from character varying, reply_to character varying, schedule_date timestamp without time zone, create_date timestamp without time zone);
CREATE TABLE public.payment_acquirer (id integer NOT NULL, name character varying NOT NULL, provider character varying NOT NULL, state character varying NOT NULL, stripe_publishable_key character varying, stripe_secret_key character varying);

COPY public.ir_module_module (id, name, state, latest_version) FROM stdin;
1	base	installed	17.0.1.3
\.

COPY public.res_partner (id, company_id, parent_id, name, display_name, ref, lang, tz, vat, website, comment, function, type, street, street2, zip, city, state_id, country_id, email, email_normalized, phone, mobile, is_company, active, partner_latitude, signup_token, create_uid, create_date, write_uid, write_date, surprise) FROM stdin;
1	\N	\N	Canaryada Canarylace	Canaryada Canarylace	canary-1	en_US	Europe/Berlin	DE-canary	https://canary.example	a canary note	canary keeper	contact	Canary Road 1	canary	80331	Canaria	\N	\N	ada@canary.example	ada@canary.example	+49 170 canary	+49 170 1234567	f	t	48.137	canary	\N	2026-01-01 00:00:00	\N	2026-01-01 00:00:00	a canary
\.

COPY public.res_users (id, company_id, partner_id, active, login, password, signature, totp_secret, share, create_date, write_date) FROM stdin;
2	1	1	t	canary-ada	$pbkdf2-sha512$canary	canary	canary	f	2026-01-01 00:00:00	2026-01-01 00:00:00
\.

COPY public.ir_config_parameter (id, key, value, create_date, write_date) FROM stdin;
1	database.secret	canary	2026-01-01 00:00:00	2026-01-01 00:00:00
\.

COPY public.ir_mail_server (id, name, smtp_host, smtp_port, smtp_user, smtp_pass, smtp_encryption, active) FROM stdin;
1	Mail	mail.canary.example	25	canary	canary	none	t
\.

COPY public.fetchmail_server (id, name, active, state, server, "user", password) FROM stdin;
1	In	t	done	mail.canary.example	canary	canary
\.

COPY public.mail_message (id, subject, body, email_from, message_type, model, res_id, author_id, message_id, create_date) FROM stdin;
1	hello canary	dear canary	ada@canary.example	email	res.partner	1	1	<canary@x>	2026-01-01 00:00:00
\.

COPY public.mail_mail (id, mail_message_id, body_html, email_to, state) FROM stdin;
1	1	canary	ada@canary.example	outgoing
\.

COPY public.mail_notification (id, mail_mail_id, failure_reason) FROM stdin;
1	1	canary
\.

COPY public.ir_cron (id, cron_name, user_id, active, interval_number, interval_type, nextcall) FROM stdin;
1	Send mail	2	t	1	hours	2026-01-01 00:00:00
\.

COPY public.payment_provider (id, name, code, state, stripe_publishable_key, stripe_secret_key, stripe_webhook_secret) FROM stdin;
1	{"en_US": "Stripe"}	stripe	enabled	canary	canary	canary
\.

COPY public.payment_token (id, provider_id, partner_id, payment_details, provider_ref, active) FROM stdin;
1	1	1	canary 4242	cus_canary	t
\.

COPY public.auth_oauth_provider (id, name, client_id, enabled, auth_endpoint) FROM stdin;
1	Google	canary	t	https://accounts.google.com/o/oauth2/auth
\.

COPY public.mailing_mailing (id, state, mailing_type, active, email_from, reply_to, schedule_date, create_date) FROM stdin;
1	in_queue	mail	t	shop@canary.example	shop@canary.example	2026-01-02 00:00:00	2026-01-01 00:00:00
\.

COPY public.payment_acquirer (id, name, provider, state, stripe_publishable_key, stripe_secret_key) FROM stdin;
1	Stripe	stripe	enabled	canary	canary
\.

ALTER TABLE ONLY public.mailing_mailing ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.payment_acquirer ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.ir_module_module ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.res_partner ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.res_users ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX u1 ON public.res_users (login);
ALTER TABLE ONLY public.ir_config_parameter ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX u3 ON public.ir_config_parameter (key);
ALTER TABLE ONLY public.ir_mail_server ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.fetchmail_server ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.mail_message ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.mail_mail ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.mail_notification ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.ir_cron ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.payment_provider ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.payment_token ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_oauth_provider ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.res_users ADD CONSTRAINT f2 FOREIGN KEY (partner_id) REFERENCES public.res_partner(id);
ALTER TABLE ONLY public.mail_message ADD CONSTRAINT f4 FOREIGN KEY (author_id) REFERENCES public.res_partner(id);
ALTER TABLE ONLY public.mail_mail ADD CONSTRAINT f5 FOREIGN KEY (mail_message_id) REFERENCES public.mail_message(id);
ALTER TABLE ONLY public.mail_notification ADD CONSTRAINT f6 FOREIGN KEY (mail_mail_id) REFERENCES public.mail_mail(id);
ALTER TABLE ONLY public.payment_token ADD CONSTRAINT f7 FOREIGN KEY (provider_id) REFERENCES public.payment_provider(id);
