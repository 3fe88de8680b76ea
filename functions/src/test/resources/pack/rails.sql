CREATE TABLE public.schema_migrations (version character varying NOT NULL);
CREATE TABLE public.ar_internal_metadata (key character varying NOT NULL, value character varying, created_at timestamp without time zone NOT NULL, updated_at timestamp without time zone NOT NULL);
CREATE TABLE public.active_storage_blobs (id bigint NOT NULL, key character varying NOT NULL, filename character varying NOT NULL, content_type character varying, metadata text, service_name character varying NOT NULL, byte_size bigint NOT NULL, checksum character varying, created_at timestamp without time zone NOT NULL, surprise text);
CREATE TABLE public.active_storage_attachments (id bigint NOT NULL, name character varying NOT NULL, record_type character varying NOT NULL, record_id bigint NOT NULL, blob_id bigint NOT NULL, created_at timestamp without time zone NOT NULL);
CREATE TABLE public.action_text_rich_texts (id bigint NOT NULL, name character varying NOT NULL, body text, record_type character varying NOT NULL, record_id bigint NOT NULL, created_at timestamp without time zone NOT NULL, updated_at timestamp without time zone NOT NULL);
CREATE TABLE public.action_mailbox_inbound_emails (id bigint NOT NULL, status integer NOT NULL, message_id character varying NOT NULL, message_checksum character varying NOT NULL, created_at timestamp without time zone NOT NULL, updated_at timestamp without time zone NOT NULL);
CREATE TABLE public.delayed_jobs (id bigint NOT NULL, priority integer NOT NULL, attempts integer NOT NULL, handler text NOT NULL, last_error text, run_at timestamp without time zone, locked_at timestamp without time zone, failed_at timestamp without time zone, locked_by character varying, queue character varying);
CREATE TABLE public.good_jobs (id uuid NOT NULL, queue_name text, serialized_params jsonb, scheduled_at timestamp without time zone, created_at timestamp without time zone NOT NULL, updated_at timestamp without time zone NOT NULL);
CREATE TABLE public.solid_queue_jobs (id bigint NOT NULL, queue_name character varying NOT NULL, class_name character varying NOT NULL, arguments text, created_at timestamp without time zone NOT NULL);
CREATE TABLE public.solid_queue_ready_executions (id bigint NOT NULL, job_id bigint NOT NULL, queue_name character varying NOT NULL);
CREATE TABLE public.oauth_applications (id bigint NOT NULL, name character varying NOT NULL, uid character varying NOT NULL, secret character varying NOT NULL, redirect_uri text NOT NULL, scopes character varying NOT NULL, confidential boolean NOT NULL, created_at timestamp without time zone NOT NULL, updated_at timestamp without time zone NOT NULL);
CREATE TABLE public.oauth_access_tokens (id bigint NOT NULL, resource_owner_id bigint, application_id bigint, token character varying NOT NULL, refresh_token character varying, created_at timestamp without time zone NOT NULL);
CREATE TABLE public.versions (id bigint NOT NULL, item_type character varying NOT NULL, item_id bigint NOT NULL, event character varying NOT NULL, whodunnit character varying, object text, object_changes jsonb, created_at timestamp without time zone);

COPY public.schema_migrations (version) FROM stdin;
20260101000000
\.

COPY public.ar_internal_metadata (key, value, created_at, updated_at) FROM stdin;
environment	production	2026-01-01 00:00:00	2026-01-01 00:00:00
\.

COPY public.active_storage_blobs (id, key, filename, content_type, metadata, service_name, byte_size, checksum, created_at, surprise) FROM stdin;
1	x3k9q	canary-cv.pdf	application/pdf	{"identified":true,"title":"canary"}	amazon	10	abc	2026-01-01 00:00:00	a canary
\.

COPY public.active_storage_attachments (id, name, record_type, record_id, blob_id, created_at) FROM stdin;
1	avatar	User	7	1	2026-01-01 00:00:00
\.

COPY public.action_text_rich_texts (id, name, body, record_type, record_id, created_at, updated_at) FROM stdin;
1	body	<p>dear canary, how are you</p>	Post	7	2026-01-01 00:00:00	2026-01-01 00:00:00
\.

COPY public.action_mailbox_inbound_emails (id, status, message_id, message_checksum, created_at, updated_at) FROM stdin;
1	0	canary@mail.example	canary	2026-01-01 00:00:00	2026-01-01 00:00:00
\.

COPY public.delayed_jobs (id, priority, attempts, handler, last_error, run_at, locked_at, failed_at, locked_by, queue) FROM stdin;
1	0	0	mail to canary	canary	2026-01-01 00:00:00	2026-01-01 00:00:00	2026-01-01 00:00:00	canary	mail
\.

COPY public.good_jobs (id, queue_name, serialized_params, scheduled_at, created_at, updated_at) FROM stdin;
6f1f2e0a-8d2b-4a63-9d2e-000000000001	mail	{"to":"canary@x.example"}	2026-01-01 00:00:00	2026-01-01 00:00:00	2026-01-01 00:00:00
\.

COPY public.solid_queue_jobs (id, queue_name, class_name, arguments, created_at) FROM stdin;
1	mail	Mail	canary	2026-01-01 00:00:00
\.

COPY public.solid_queue_ready_executions (id, job_id, queue_name) FROM stdin;
1	1	mail
\.

COPY public.oauth_applications (id, name, uid, secret, redirect_uri, scopes, confidential, created_at, updated_at) FROM stdin;
1	App	canary-uid	canary-secret	https://canary.example/cb	read	t	2026-01-01 00:00:00	2026-01-01 00:00:00
\.

COPY public.oauth_access_tokens (id, resource_owner_id, application_id, token, refresh_token, created_at) FROM stdin;
1	1	1	canary-token	canary-refresh	2026-01-01 00:00:00
\.

COPY public.versions (id, item_type, item_id, event, whodunnit, object, object_changes, created_at) FROM stdin;
1	User	7	update	canary-ada	canary	{"email":["canary"]}	2026-01-01 00:00:00
\.

ALTER TABLE ONLY public.schema_migrations ADD PRIMARY KEY (version);
ALTER TABLE ONLY public.ar_internal_metadata ADD PRIMARY KEY (key);
ALTER TABLE ONLY public.active_storage_blobs ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX u1 ON public.active_storage_blobs (key);
ALTER TABLE ONLY public.active_storage_attachments ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.action_text_rich_texts ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.action_mailbox_inbound_emails ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.delayed_jobs ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.good_jobs ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.solid_queue_jobs ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.solid_queue_ready_executions ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.oauth_applications ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX u4 ON public.oauth_applications (uid);
ALTER TABLE ONLY public.oauth_access_tokens ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.versions ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.active_storage_attachments ADD CONSTRAINT f2 FOREIGN KEY (blob_id) REFERENCES public.active_storage_blobs(id);
ALTER TABLE ONLY public.solid_queue_ready_executions ADD CONSTRAINT f3 FOREIGN KEY (job_id) REFERENCES public.solid_queue_jobs(id);
ALTER TABLE ONLY public.oauth_access_tokens ADD CONSTRAINT f5 FOREIGN KEY (application_id) REFERENCES public.oauth_applications(id);
