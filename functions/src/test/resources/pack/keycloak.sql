CREATE TABLE public.realm (id character varying(36) NOT NULL, name character varying(255), ssl_required character varying(255));
CREATE TABLE public.keycloak_role (id character varying(36) NOT NULL, client_realm_constraint character varying(255), client_role boolean NOT NULL, description character varying(255), name character varying(255), realm_id character varying(255), client character varying(36), realm character varying(36));
CREATE TABLE public.user_entity (id character varying(36) NOT NULL, email character varying(255), email_constraint character varying(255), email_verified boolean NOT NULL, enabled boolean NOT NULL, federation_link character varying(255), first_name character varying(255), last_name character varying(255), realm_id character varying(255), username character varying(255), created_timestamp bigint, service_account_client_link character varying(255), not_before integer NOT NULL, surprise text);
CREATE TABLE public.user_attribute (name character varying(255) NOT NULL, value character varying(255), user_id character varying(36) NOT NULL, id character varying(36) NOT NULL, long_value_hash bytea, long_value_hash_lower_case bytea, long_value text);
CREATE TABLE public.credential (id character varying(36) NOT NULL, salt bytea, type character varying(255), user_id character varying(36), secret_data text, credential_data text);
CREATE TABLE public.federated_identity (identity_provider character varying(255) NOT NULL, realm_id character varying(36), federated_user_id character varying(255), federated_username character varying(255), token text, user_id character varying(36) NOT NULL);
CREATE TABLE public.user_role_mapping (role_id character varying(255) NOT NULL, user_id character varying(36) NOT NULL);
CREATE TABLE public.event_entity (id character varying(36) NOT NULL, details_json character varying(2550), ip_address character varying(255), user_id character varying(255));
CREATE TABLE public.offline_user_session (user_session_id character varying(36) NOT NULL, user_id character varying(255) NOT NULL, data text);
CREATE TABLE public.realm_smtp_config (realm_id character varying(36) NOT NULL, value character varying(255), name character varying(255) NOT NULL);
CREATE TABLE public.client (id character varying(36) NOT NULL, enabled boolean NOT NULL, client_id character varying(255), public_client boolean NOT NULL, secret character varying(255), base_url character varying(255), management_url character varying(255), realm_id character varying(36), protocol character varying(255), name character varying(255), root_url character varying(255), registration_token character varying(255));
CREATE TABLE public.client_attributes (client_id character varying(36) NOT NULL, name character varying(255) NOT NULL, value text);
CREATE TABLE public.identity_provider_config (identity_provider_id character varying(36) NOT NULL, value text, name character varying(255) NOT NULL);
CREATE TABLE public.component (id character varying(36) NOT NULL, name character varying(255), parent_id character varying(36), provider_id character varying(36), provider_type character varying(255), realm_id character varying(36), sub_type character varying(255));
CREATE TABLE public.component_config (id character varying(36) NOT NULL, component_id character varying(36) NOT NULL, name character varying(255) NOT NULL, value text);

COPY public.realm (id, name, ssl_required) FROM stdin;
6f1f2e0a-8d2b-4a63-9d2e-000000000001	shop	external
\.

COPY public.keycloak_role (id, client_realm_constraint, client_role, description, name, realm_id, client, realm) FROM stdin;
6f1f2e0a-8d2b-4a63-9d2e-000000000002	6f1f2e0a-8d2b-4a63-9d2e-000000000001	f	${role_admin}	admin	6f1f2e0a-8d2b-4a63-9d2e-000000000001	\N	\N
\.

COPY public.user_entity (id, email, email_constraint, email_verified, enabled, federation_link, first_name, last_name, realm_id, username, created_timestamp, service_account_client_link, not_before, surprise) FROM stdin;
6f1f2e0a-8d2b-4a63-9d2e-000000000003	ada@canary.example	ada@canary.example	t	t	\N	Canaryada	Canarylace	6f1f2e0a-8d2b-4a63-9d2e-000000000001	canary-ada	1700000000000	\N	0	a canary
\.

COPY public.user_attribute (name, value, user_id, id, long_value_hash, long_value_hash_lower_case, long_value) FROM stdin;
phone	canary 123	6f1f2e0a-8d2b-4a63-9d2e-000000000003	6f1f2e0a-8d2b-4a63-9d2e-000000000002	\\x63616e617279	\\x63616e617279	canary
\.

COPY public.credential (id, salt, type, user_id, secret_data, credential_data) FROM stdin;
6f1f2e0a-8d2b-4a63-9d2e-000000000001	\\x63616e617279	password	6f1f2e0a-8d2b-4a63-9d2e-000000000003	{"value":"canary"}	canary
\.

COPY public.federated_identity (identity_provider, realm_id, federated_user_id, federated_username, token, user_id) FROM stdin;
google	6f1f2e0a-8d2b-4a63-9d2e-000000000001	canary-1	canary-ada	canary	6f1f2e0a-8d2b-4a63-9d2e-000000000003
\.

COPY public.user_role_mapping (role_id, user_id) FROM stdin;
6f1f2e0a-8d2b-4a63-9d2e-000000000002	6f1f2e0a-8d2b-4a63-9d2e-000000000003
\.

COPY public.event_entity (id, details_json, ip_address, user_id) FROM stdin;
6f1f2e0a-8d2b-4a63-9d2e-000000000001	canary	192.0.2.1	6f1f2e0a-8d2b-4a63-9d2e-000000000003
\.

COPY public.offline_user_session (user_session_id, user_id, data) FROM stdin;
canary	6f1f2e0a-8d2b-4a63-9d2e-000000000003	canary
\.

COPY public.realm_smtp_config (realm_id, value, name) FROM stdin;
6f1f2e0a-8d2b-4a63-9d2e-000000000001	canary	password
\.

COPY public.client (id, enabled, client_id, public_client, secret, base_url, management_url, realm_id, protocol, name, root_url, registration_token) FROM stdin;
6f1f2e0a-8d2b-4a63-9d2e-000000000002	t	shop	f	canary	/shop	https://canary.example	6f1f2e0a-8d2b-4a63-9d2e-000000000001	openid-connect	Shop	https://shop.example	canary
\.

COPY public.client_attributes (client_id, name, value) FROM stdin;
6f1f2e0a-8d2b-4a63-9d2e-000000000002	saml.signing.private.key	canary
\.

COPY public.identity_provider_config (identity_provider_id, value, name) FROM stdin;
6f1f2e0a-8d2b-4a63-9d2e-000000000001	canary	clientSecret
\.

COPY public.component (id, name, parent_id, provider_id, provider_type, realm_id, sub_type) FROM stdin;
6f1f2e0a-8d2b-4a63-9d2e-000000000001	ldap	6f1f2e0a-8d2b-4a63-9d2e-000000000001	ldap	org.keycloak.storage.UserStorageProvider	6f1f2e0a-8d2b-4a63-9d2e-000000000001	\N
6f1f2e0a-8d2b-4a63-9d2e-000000000002	rsa-generated	6f1f2e0a-8d2b-4a63-9d2e-000000000001	rsa-generated	org.keycloak.keys.KeyProvider	6f1f2e0a-8d2b-4a63-9d2e-000000000001	\N
\.

COPY public.component_config (id, component_id, name, value) FROM stdin;
6f1f2e0a-8d2b-4a63-9d2e-000000000001	6f1f2e0a-8d2b-4a63-9d2e-000000000001	enabled	true
6f1f2e0a-8d2b-4a63-9d2e-000000000002	6f1f2e0a-8d2b-4a63-9d2e-000000000002	privateKey	canary
\.

ALTER TABLE ONLY public.realm ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.keycloak_role ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.user_entity ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX u1 ON public.user_entity (realm_id, email_constraint);
CREATE UNIQUE INDEX u2 ON public.user_entity (realm_id, username);
ALTER TABLE ONLY public.user_attribute ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.credential ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.federated_identity ADD PRIMARY KEY (identity_provider, user_id);
ALTER TABLE ONLY public.user_role_mapping ADD PRIMARY KEY (role_id, user_id);
ALTER TABLE ONLY public.event_entity ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.offline_user_session ADD PRIMARY KEY (user_session_id);
ALTER TABLE ONLY public.realm_smtp_config ADD PRIMARY KEY (realm_id, name);
ALTER TABLE ONLY public.client ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX u8 ON public.client (realm_id, client_id);
ALTER TABLE ONLY public.client_attributes ADD PRIMARY KEY (client_id, name);
ALTER TABLE ONLY public.identity_provider_config ADD PRIMARY KEY (identity_provider_id, name);
ALTER TABLE ONLY public.component ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.component_config ADD PRIMARY KEY (id);
ALTER TABLE ONLY public.user_attribute ADD CONSTRAINT f3 FOREIGN KEY (user_id) REFERENCES public.user_entity(id);
ALTER TABLE ONLY public.credential ADD CONSTRAINT f4 FOREIGN KEY (user_id) REFERENCES public.user_entity(id);
ALTER TABLE ONLY public.federated_identity ADD CONSTRAINT f5 FOREIGN KEY (user_id) REFERENCES public.user_entity(id);
ALTER TABLE ONLY public.user_role_mapping ADD CONSTRAINT f6 FOREIGN KEY (user_id) REFERENCES public.user_entity(id);
ALTER TABLE ONLY public.realm_smtp_config ADD CONSTRAINT f7 FOREIGN KEY (realm_id) REFERENCES public.realm(id);
ALTER TABLE ONLY public.client_attributes ADD CONSTRAINT f9 FOREIGN KEY (client_id) REFERENCES public.client(id);
ALTER TABLE ONLY public.component_config ADD CONSTRAINT f10 FOREIGN KEY (component_id) REFERENCES public.component(id);
