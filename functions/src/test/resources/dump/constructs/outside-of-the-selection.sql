--# policy sales.orders: {keep: [id, total]}
--# not-verified sales.f
--# not-verified the DEFAULT of column id
--# not-verified the DEFAULT of column total
--# not-verified sales.v
--# not-verified sales.orders
--# not-verified SEQUENCE
--# not-verified TRIGGER t
CREATE FUNCTION sales.f(a other.money_type) RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$;
CREATE TABLE sales.orders (id integer DEFAULT nextval('other.orders_id_seq'::regclass) NOT NULL, total integer DEFAULT other.zero());
CREATE VIEW sales.v AS SELECT other.f(orders.id) AS f FROM sales.orders;
COPY sales.orders (id, total) FROM stdin;
1	2
\.
SELECT pg_catalog.setval('other.orders_id_seq', 5, true);
ALTER TABLE ONLY sales.orders ADD CONSTRAINT orders_pkey PRIMARY KEY (id);
CREATE TRIGGER t BEFORE INSERT ON sales.orders FOR EACH ROW EXECUTE FUNCTION other.audit();
ALTER TABLE ONLY sales.orders ADD CONSTRAINT orders_customer FOREIGN KEY (total) REFERENCES other.customers(id);
