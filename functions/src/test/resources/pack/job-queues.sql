CREATE SCHEMA pgboss;
CREATE TABLE public.oban_jobs (id bigint NOT NULL, state text NOT NULL, args jsonb NOT NULL);
CREATE TABLE public.qrtz_triggers (sched_name character varying(120) NOT NULL, trigger_name character varying(200) NOT NULL);
CREATE TABLE public.qrtz_cron_triggers (sched_name character varying(120) NOT NULL, trigger_name character varying(200) NOT NULL);
CREATE TABLE pgboss.job (id uuid NOT NULL, name text NOT NULL, data jsonb);
CREATE TABLE public.django_celery_beat_periodictask (id integer NOT NULL, name character varying(200) NOT NULL, task character varying(200) NOT NULL, args text NOT NULL, kwargs text NOT NULL, enabled boolean NOT NULL, total_run_count integer NOT NULL, date_changed timestamp with time zone NOT NULL, surprise text);

COPY public.oban_jobs (id, state, args) FROM stdin;
1	available	{"to": "canary"}
\.

COPY public.qrtz_triggers (sched_name, trigger_name) FROM stdin;
s	canary
\.

COPY public.qrtz_cron_triggers (sched_name, trigger_name) FROM stdin;
s	canary
\.

COPY pgboss.job (id, name, data) FROM stdin;
6f1f2e0a-8d2b-4a63-9d2e-000000000001	mail	{"to": "canary"}
\.

COPY public.django_celery_beat_periodictask (id, name, task, args, kwargs, enabled, total_run_count, date_changed, surprise) FROM stdin;
1	remind	app.remind	["canary"]	{"to": "canary"}	t	5	2026-01-01 00:00:00+00	a canary
\.

ALTER TABLE ONLY public.oban_jobs ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.qrtz_triggers ADD PRIMARY KEY (sched_name, trigger_name);
ALTER TABLE ONLY public.qrtz_cron_triggers ADD PRIMARY KEY (sched_name, trigger_name);
ALTER TABLE ONLY pgboss.job ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.django_celery_beat_periodictask ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX u2 ON public.django_celery_beat_periodictask (name);
ALTER TABLE ONLY public.qrtz_cron_triggers ADD CONSTRAINT f1 FOREIGN KEY (sched_name, trigger_name) REFERENCES public.qrtz_triggers(sched_name, trigger_name);
