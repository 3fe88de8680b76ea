--# policy public.a: {keep: [id, r, c, f, t, x]}
--# not-verified type regrole
--# not-verified type regclass
--# not-verified type regconfig
--# not-verified type regtype
--# not-verified type aclitem
--# needs the objects that the rows name
CREATE TABLE public.a (id integer, r regrole, c regclass, f regconfig, t regtype, x aclitem[]);
COPY public.a (id, r, c, f, t, x) FROM stdin;
1	app_owner	other.orders	other.german	other.state	{app_owner=r/app_owner}
\.
