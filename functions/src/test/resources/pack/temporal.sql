CREATE TABLE public.schema_version (version_partition integer NOT NULL, db_name character varying(255) NOT NULL, creation_time timestamp without time zone, curr_version character varying(64), min_compatible_version character varying(64), surprise text);
CREATE TABLE public.executions (shard_id integer NOT NULL, namespace_id bytea NOT NULL, workflow_id character varying(255) NOT NULL, run_id bytea NOT NULL, data bytea NOT NULL, state bytea NOT NULL);
CREATE TABLE public.history_node (shard_id integer NOT NULL, tree_id bytea NOT NULL, data bytea NOT NULL);
CREATE TABLE public.namespaces (partition_id integer NOT NULL, id bytea NOT NULL, name character varying(255) NOT NULL, notification_version bigint NOT NULL, data bytea NOT NULL);
CREATE TABLE public.timer_tasks (shard_id integer NOT NULL, visibility_timestamp timestamp without time zone NOT NULL, task_id bigint NOT NULL, data bytea NOT NULL);

COPY public.schema_version (version_partition, db_name, creation_time, curr_version, min_compatible_version, surprise) FROM stdin;
0	temporal	2026-01-01 00:00:00	1.14	1.0	a canary
\.

COPY public.executions (shard_id, namespace_id, workflow_id, run_id, data, state) FROM stdin;
1	\\x01	canary	\\x01	\\x63616e617279	\\x63616e617279
\.

COPY public.history_node (shard_id, tree_id, data) FROM stdin;
1	\\x01	\\x63616e617279
\.

COPY public.namespaces (partition_id, id, name, notification_version, data) FROM stdin;
1	\\x01	canary	1	\\x63616e617279
\.

COPY public.timer_tasks (shard_id, visibility_timestamp, task_id, data) FROM stdin;
1	2026-01-01 00:00:00	1	\\x63616e617279
\.

ALTER TABLE ONLY public.schema_version ADD PRIMARY KEY (version_partition, db_name);
ALTER TABLE ONLY public.executions ADD PRIMARY KEY (shard_id, namespace_id, workflow_id, run_id);
ALTER TABLE ONLY public.history_node ADD PRIMARY KEY (shard_id, tree_id);
ALTER TABLE ONLY public.namespaces ADD PRIMARY KEY (partition_id, id);
ALTER TABLE ONLY public.timer_tasks ADD PRIMARY KEY (shard_id, visibility_timestamp, task_id);
