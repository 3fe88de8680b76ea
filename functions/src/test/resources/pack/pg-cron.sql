CREATE SCHEMA cron;
CREATE TABLE cron.job (jobid bigint NOT NULL, schedule text NOT NULL, command text NOT NULL, nodename text NOT NULL, nodeport integer NOT NULL, database text NOT NULL, username text NOT NULL, active boolean NOT NULL, jobname text);
CREATE TABLE public.shop (id bigint NOT NULL);
CREATE TABLE cron.job_run_details (jobid bigint, runid bigint NOT NULL, command text, return_message text);

COPY cron.job (jobid, schedule, command, nodename, nodeport, database, username, active, jobname) FROM stdin;
1	* * * * *	select net.http_post('https://canary.example')	localhost	5432	shop	canary	t	canary
\.

COPY public.shop (id) FROM stdin;
1
\.

COPY cron.job_run_details (jobid, runid, command, return_message) FROM stdin;
1	1	canary	canary
\.

ALTER TABLE ONLY cron.job ADD PRIMARY KEY (jobid);
ALTER TABLE ONLY public.shop ADD PRIMARY KEY (id);
ALTER TABLE ONLY cron.job_run_details ADD PRIMARY KEY (runid);
