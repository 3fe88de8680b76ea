CREATE TABLE public.members (id bigint NOT NULL, email character varying NOT NULL, encrypted_password character varying NOT NULL, reset_password_token character varying, reset_password_sent_at timestamp without time zone, remember_created_at timestamp without time zone, sign_in_count integer NOT NULL, current_sign_in_at timestamp without time zone, last_sign_in_at timestamp without time zone, current_sign_in_ip inet, last_sign_in_ip character varying, confirmation_token character varying, confirmed_at timestamp without time zone, confirmation_sent_at timestamp without time zone, unconfirmed_email character varying, failed_attempts integer NOT NULL, unlock_token character varying, locked_at timestamp without time zone, otp_secret character varying, otp_required_for_login boolean, otp_backup_codes character varying[], consumed_timestep integer, authentication_token character varying, created_at timestamp without time zone NOT NULL, updated_at timestamp without time zone NOT NULL, surprise text);

COPY public.members (id, email, encrypted_password, reset_password_token, reset_password_sent_at, remember_created_at, sign_in_count, current_sign_in_at, last_sign_in_at, current_sign_in_ip, last_sign_in_ip, confirmation_token, confirmed_at, confirmation_sent_at, unconfirmed_email, failed_attempts, unlock_token, locked_at, otp_secret, otp_required_for_login, otp_backup_codes, consumed_timestep, authentication_token, created_at, updated_at, surprise) FROM stdin;
1	ada@canary.example	$2a$12$canarycanary	canary-reset	2026-01-01 00:00:00	2026-01-01 00:00:00	3	2026-01-01 00:00:00	2026-01-01 00:00:00	192.0.2.7	192.0.2.8	canary-confirm	2026-01-01 00:00:00	2026-01-01 00:00:00	new@canary.example	0	canary-unlock	2026-01-01 00:00:00	canary-otp	t	{canary-1,canary-2}	77	canary-api	2026-01-01 00:00:00	2026-01-01 00:00:00	a canary
\.

ALTER TABLE ONLY public.members ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX u1 ON public.members (email);
CREATE UNIQUE INDEX u2 ON public.members (reset_password_token);
CREATE UNIQUE INDEX u3 ON public.members (confirmation_token);
CREATE UNIQUE INDEX u4 ON public.members (unlock_token);
