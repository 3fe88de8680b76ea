--# policy public.orders: {keep: [id, total]}
--# not-verified public.orders
--# not-verified public.orders
CREATE TABLE public.orders (id integer NOT NULL, total integer);
ALTER TABLE ONLY public.orders ALTER COLUMN id SET DEFAULT nextval('other.orders_id_seq'::regclass);
ALTER TABLE ONLY public.orders ALTER COLUMN total SET DEFAULT other.zero();
COPY public.orders (id, total) FROM stdin;
1	2
\.
