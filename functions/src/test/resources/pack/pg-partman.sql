CREATE SCHEMA partman;
CREATE TABLE partman.part_config (parent_table text NOT NULL, control text NOT NULL, partition_interval text NOT NULL, partition_type text NOT NULL, premake integer NOT NULL, retention text, template_table text, jobmon boolean NOT NULL);
CREATE TABLE partman.part_config_sub (sub_parent text NOT NULL, sub_control text NOT NULL, sub_partition_interval text NOT NULL, sub_retention text);
CREATE TABLE public.shop (id bigint NOT NULL);

COPY partman.part_config (parent_table, control, partition_interval, partition_type, premake, retention, template_table, jobmon) FROM stdin;
public.event	at	1 day	range	4	30 days	partman.template_public_event	t
\.

COPY partman.part_config_sub (sub_parent, sub_control, sub_partition_interval, sub_retention) FROM stdin;
public.event	kind	1 day	\N
\.

COPY public.shop (id) FROM stdin;
1
\.

ALTER TABLE ONLY partman.part_config ADD PRIMARY KEY (parent_table);
ALTER TABLE ONLY partman.part_config_sub ADD PRIMARY KEY (sub_parent);
ALTER TABLE ONLY public.shop ADD PRIMARY KEY (id);
