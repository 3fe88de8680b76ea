--# policy sales.orders: {keep: [id, total]}
CREATE TABLE sales.orders (id integer NOT NULL, total integer);
COPY sales.orders (id, total) FROM stdin;
1	2
\.
ALTER TABLE ONLY sales.orders ADD CONSTRAINT orders_pkey PRIMARY KEY (id);
