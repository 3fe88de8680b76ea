CREATE TABLE public.shop (id bigint NOT NULL, stripe_secret_key text, "stripePublishableKey" text, paypal_client_secret character varying(200) NOT NULL, stripe_customer_id text, surprise text);
CREATE TABLE public.payment_providers (id bigint NOT NULL, api_key text NOT NULL, webhook_secret text);

COPY public.shop (id, stripe_secret_key, "stripePublishableKey", paypal_client_secret, stripe_customer_id, surprise) FROM stdin;
1	canary	canary	canary	cus_canary	a canary
\.

COPY public.payment_providers (id, api_key, webhook_secret) FROM stdin;
1	canary	canary
\.

ALTER TABLE ONLY public.shop ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.payment_providers ADD PRIMARY KEY (id);
