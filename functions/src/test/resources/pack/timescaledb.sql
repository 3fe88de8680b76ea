CREATE SCHEMA _timescaledb_catalog;
CREATE SCHEMA _timescaledb_config;
CREATE TABLE _timescaledb_catalog.hypertable (id integer NOT NULL, schema_name name NOT NULL, table_name name NOT NULL, associated_schema_name name NOT NULL, associated_table_prefix name NOT NULL, num_dimensions smallint NOT NULL, surprise text);
CREATE TABLE _timescaledb_catalog.metadata (key name NOT NULL, value text NOT NULL, include_in_telemetry boolean NOT NULL);
CREATE TABLE _timescaledb_config.bgw_job (id integer NOT NULL, application_name name NOT NULL, schedule_interval interval NOT NULL, proc_schema name NOT NULL, proc_name name NOT NULL, owner text NOT NULL, scheduled boolean NOT NULL, config jsonb);

COPY _timescaledb_catalog.hypertable (id, schema_name, table_name, associated_schema_name, associated_table_prefix, num_dimensions, surprise) FROM stdin;
1	public	sensor_data	_timescaledb_internal	_hyper_1	1	a canary
\.

COPY _timescaledb_catalog.metadata (key, value, include_in_telemetry) FROM stdin;
exported_uuid	ca9a51e0-0000-4000-8000-000000000001	t
\.

COPY _timescaledb_config.bgw_job (id, application_name, schedule_interval, proc_schema, proc_name, owner, scheduled, config) FROM stdin;
1000	User-Defined Action	01:00:00	public	call_out	postgres	t	{"token": "canary"}
\.

ALTER TABLE ONLY _timescaledb_catalog.hypertable ADD PRIMARY KEY (id);
ALTER TABLE ONLY _timescaledb_catalog.metadata ADD PRIMARY KEY (key);
ALTER TABLE ONLY _timescaledb_config.bgw_job ADD PRIMARY KEY (id);
