CREATE TABLE public.spatial_ref_sys (srid integer NOT NULL, auth_name character varying(256), auth_srid integer, srtext character varying(2048), proj4text character varying(2048));
CREATE TABLE public.geocode_settings (name text NOT NULL, setting text, unit text, category text, short_desc text);
CREATE TABLE public.us_rules (id integer NOT NULL, rule text, is_custom boolean NOT NULL);

COPY public.spatial_ref_sys (srid, auth_name, auth_srid, srtext, proj4text) FROM stdin;
999999	shop	1	LOCAL_CS["shop"]	+proj=longlat
\.

COPY public.geocode_settings (name, setting, unit, category, short_desc) FROM stdin;
use_pagc_address_parser	false	boolean	normalize	which parser is used
\.

COPY public.us_rules (id, rule, is_custom) FROM stdin;
1	1 -1 5 -1 2 7	t
\.

ALTER TABLE ONLY public.spatial_ref_sys ADD PRIMARY KEY (srid);
ALTER TABLE ONLY public.geocode_settings ADD PRIMARY KEY (name);
ALTER TABLE ONLY public.us_rules ADD PRIMARY KEY (id);
