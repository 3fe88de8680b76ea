CREATE TABLE public.customer (id integer NOT NULL, email text NOT NULL, full_name text, phone text, profile jsonb, created_at timestamp with time zone NOT NULL);
CREATE TABLE public."order" (id integer NOT NULL, customer_id integer NOT NULL, total numeric(10,2), note text, ordered_at date NOT NULL, deleted_at timestamp with time zone);
CREATE TABLE public.session (id uuid NOT NULL, token text);
CREATE TABLE public.integration (id integer NOT NULL, push_products boolean NOT NULL, api_key text);
COPY public.customer (id, email, full_name, phone, profile, created_at) FROM stdin;
1	anna.berger@mail.test	Anna Berger	+43 1 5550101	{"nick": "annab", "age": 41}	2026-01-05 10:00:00+00
2	boss@example.com	Bo Ss	+43 1 5550102	\N	2026-01-06 10:00:00+00
3	carla@mail.test	\N	\N	{"nick": "carla"}	2026-01-07 10:00:00+00
\.
COPY public."order" (id, customer_id, total, note, ordered_at, deleted_at) FROM stdin;
10	1	19.90	Please ring twice.	2026-02-01	\N
11	3	7.50	\N	2026-02-02	2026-02-03 08:00:00+00
12	2	120.00	A gift	2026-02-04	\N
\.
COPY public.session (id, token) FROM stdin;
7b1f1f52-5c0d-4a57-9d0e-2f2a1f6c9a11	not-a-real-token
\.
COPY public.integration (id, push_products, api_key) FROM stdin;
1	t	not-a-real-key
\.
ALTER TABLE ONLY public.customer ADD CONSTRAINT customer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.customer ADD CONSTRAINT customer_email_key UNIQUE (email);
ALTER TABLE ONLY public."order" ADD CONSTRAINT order_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.session ADD CONSTRAINT session_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.integration ADD CONSTRAINT integration_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public."order" ADD CONSTRAINT order_customer_fkey FOREIGN KEY (customer_id) REFERENCES public.customer(id);
