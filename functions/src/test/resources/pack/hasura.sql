CREATE SCHEMA hdb_catalog;
CREATE TABLE hdb_catalog.hdb_version (hasura_uuid uuid NOT NULL, version text NOT NULL, upgraded_on timestamp with time zone NOT NULL, cli_state jsonb NOT NULL, console_state jsonb NOT NULL, ee_client_id text, ee_client_secret text, surprise text);
CREATE TABLE hdb_catalog.hdb_metadata (id integer NOT NULL, metadata json NOT NULL, resource_version integer NOT NULL);
CREATE TABLE hdb_catalog.hdb_scheduled_events (id text NOT NULL, webhook_conf json NOT NULL, scheduled_time timestamp with time zone NOT NULL, status text NOT NULL);
CREATE TABLE hdb_catalog.hdb_scheduled_event_invocation_logs (id text NOT NULL, event_id text, request json);
CREATE TABLE hdb_catalog.event_log (id text NOT NULL, schema_name text NOT NULL, table_name text NOT NULL, trigger_name text NOT NULL, payload jsonb NOT NULL, delivered boolean NOT NULL);
CREATE TABLE hdb_catalog.hdb_action_log (id uuid NOT NULL, action_name text, input_payload jsonb NOT NULL, request_headers jsonb NOT NULL, status text NOT NULL, CONSTRAINT c2 CHECK ((status = ANY (ARRAY['created'::text, 'processing'::text]))));

COPY hdb_catalog.hdb_version (hasura_uuid, version, upgraded_on, cli_state, console_state, ee_client_id, ee_client_secret, surprise) FROM stdin;
6f1f2e0a-8d2b-4a63-9d2e-000000000001	47	2026-01-01 00:00:00+00	{}	{}	canary	canary	a canary
\.

COPY hdb_catalog.hdb_metadata (id, metadata, resource_version) FROM stdin;
1	{"version":3,"sources":[{"name":"default","configuration":{"connection_info":{"database_url":"postgres://u:canary@db/x"}},"tables":[{"table":"person","event_triggers":[{"webhook":"https://canary.example"}]}]}],"cron_triggers":[{"webhook":"https://canary.example"}],"actions":[{"handler":"https://canary.example"}]}	1
\.

COPY hdb_catalog.hdb_scheduled_events (id, webhook_conf, scheduled_time, status) FROM stdin;
6f1f2e0a-8d2b-4a63-9d2e-000000000001	"https://canary.example"	2026-01-01 00:00:00+00	scheduled
\.

COPY hdb_catalog.hdb_scheduled_event_invocation_logs (id, event_id, request) FROM stdin;
6f1f2e0a-8d2b-4a63-9d2e-000000000001	6f1f2e0a-8d2b-4a63-9d2e-000000000001	{"x":"canary"}
\.

COPY hdb_catalog.event_log (id, schema_name, table_name, trigger_name, payload, delivered) FROM stdin;
6f1f2e0a-8d2b-4a63-9d2e-000000000001	public	person	t	{"email": "canary"}	f
\.

COPY hdb_catalog.hdb_action_log (id, action_name, input_payload, request_headers, status) FROM stdin;
6f1f2e0a-8d2b-4a63-9d2e-000000000001	a	{"x": "canary"}	{"authorization": "canary"}	created
\.

ALTER TABLE ONLY hdb_catalog.hdb_version ADD PRIMARY KEY (hasura_uuid);
ALTER TABLE ONLY hdb_catalog.hdb_metadata ADD PRIMARY KEY (id);
ALTER TABLE ONLY hdb_catalog.hdb_scheduled_events ADD PRIMARY KEY (id);
ALTER TABLE ONLY hdb_catalog.hdb_scheduled_event_invocation_logs ADD PRIMARY KEY (id);
ALTER TABLE ONLY hdb_catalog.event_log ADD PRIMARY KEY (id);
ALTER TABLE ONLY hdb_catalog.hdb_action_log ADD PRIMARY KEY (id);
ALTER TABLE ONLY hdb_catalog.hdb_scheduled_event_invocation_logs ADD CONSTRAINT f1 FOREIGN KEY (event_id) REFERENCES hdb_catalog.hdb_scheduled_events(id);
