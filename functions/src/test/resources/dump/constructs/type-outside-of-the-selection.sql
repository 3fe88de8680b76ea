--# policy public.orders: {keep: [id, state]}
--# not-verified type other.order_state
--# needs the type
CREATE TABLE public.orders (id integer NOT NULL, state other.order_state);
COPY public.orders (id, state) FROM stdin;
1	open
\.
