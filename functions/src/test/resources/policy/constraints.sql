--
-- PostgreSQL database dump
--

-- Dumped from database version 17.2
-- Dumped by pg_dump version 17.2

SET statement_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

CREATE TYPE public.gender AS ENUM ('female', 'male', 'other', 'unset');

CREATE DOMAIN public.corporate_email AS text
	CONSTRAINT corporate_email_check CHECK ((VALUE ~~ '%@corp.example.com'::text));

CREATE DOMAIN public.phone_number AS character varying(20)
	CONSTRAINT phone_number_check CHECK (((VALUE)::text ~ '^\+49[0-9]{6,12}$'::text));

CREATE DOMAIN public.adult_birth_date AS date
	CONSTRAINT adult_birth_date_check CHECK (((VALUE >= '1900-01-01'::date) AND (VALUE <= '2010-12-31'::date)));

CREATE TABLE public.texts (
    id bigint NOT NULL,
    email text NOT NULL,
    private_email text NOT NULL,
    staff_email text NOT NULL,
    iban text NOT NULL,
    phone text NOT NULL,
    mobile_phone text NOT NULL,
    username text NOT NULL,
    last_name text NOT NULL,
    national_id text NOT NULL,
    passport_number text NOT NULL,
    postcode text NOT NULL,
    licence_plate text NOT NULL,
    tax_id text NOT NULL,
    city text NOT NULL,
    full_name text NOT NULL,
    customer_number character varying(12) NOT NULL,
    password_hash text NOT NULL,
    CONSTRAINT texts_email_check CHECK ((email ~~ '%@example.com'::text)),
    CONSTRAINT texts_private_email_check CHECK ((private_email ~* '^[a-z0-9._-]+@mail\.example\.org$'::text)),
    CONSTRAINT texts_staff_email_check CHECK ((staff_email ~~ 'staff-%@example.net'::text)),
    CONSTRAINT texts_iban_check CHECK ((iban ~~ 'NL%'::text)),
    CONSTRAINT texts_phone_check CHECK ((phone ~~ '+49%'::text)),
    CONSTRAINT texts_mobile_phone_check CHECK (((length(mobile_phone) >= 7) AND (length(mobile_phone) <= 15))),
    CONSTRAINT texts_username_check CHECK (((username = lower(username)) AND (username !~~ '% %'::text))),
    CONSTRAINT texts_last_name_check CHECK ((last_name <> ''::text)),
    CONSTRAINT texts_national_id_check CHECK ((length(national_id) = 7)),
    CONSTRAINT texts_passport_number_check CHECK ((passport_number ~ '^[A-Z]{2}[0-9]{6}$'::text)),
    CONSTRAINT texts_postcode_check CHECK ((postcode ~ '^[0-9]{5}$'::text)),
    CONSTRAINT texts_licence_plate_check CHECK ((licence_plate ~~ 'B-__ ____'::text)),
    CONSTRAINT texts_tax_id_check CHECK ((("left"(tax_id, 2) = 'DE'::text) AND (length(tax_id) = 11))),
    CONSTRAINT texts_city_check CHECK ((city = ANY (ARRAY['Berlin'::text, 'Hamburg'::text, 'Bremen'::text]))),
    CONSTRAINT texts_full_name_check CHECK ((full_name ~~ '% %'::text)),
    CONSTRAINT texts_customer_number_check CHECK (((customer_number)::text ~ '^C-[0-9]+$'::text)),
    CONSTRAINT texts_password_hash_check CHECK ((password_hash ~~ '$2b$%'::text))
);

CREATE TABLE public.dates (
    id bigint NOT NULL,
    birth_date date NOT NULL,
    date_of_birth date NOT NULL,
    birthday date NOT NULL,
    deceased_on date NOT NULL,
    married_on date,
    born_at timestamp with time zone NOT NULL,
    hired_on date NOT NULL,
    fired_on date,
    CONSTRAINT dates_birth_date_check CHECK ((birth_date > '1900-01-01'::date)),
    CONSTRAINT dates_date_of_birth_check CHECK (((date_of_birth >= '1900-01-01'::date) AND (date_of_birth <= CURRENT_DATE))),
    CONSTRAINT dates_birthday_check CHECK ((EXTRACT(year FROM birthday) >= (1920)::numeric)),
    CONSTRAINT dates_deceased_check CHECK (((deceased_on > birth_date) AND (deceased_on >= '1950-01-01'::date))),
    CONSTRAINT dates_born_at_check CHECK ((born_at < now())),
    CONSTRAINT dates_fired_check CHECK (((fired_on IS NULL) OR (fired_on >= hired_on)))
);

CREATE TABLE public.without_key (
    birth_date date,
    deceased_on date,
    CONSTRAINT without_key_check CHECK ((birth_date <= deceased_on))
);

CREATE TABLE public.numbers (
    id bigint NOT NULL,
    age integer NOT NULL,
    salary numeric(10,2) NOT NULL,
    salary_min integer NOT NULL,
    salary_max integer NOT NULL,
    pin integer NOT NULL,
    credit_score smallint NOT NULL,
    phone_no bigint NOT NULL,
    shoe_size numeric(4,1) NOT NULL,
    CONSTRAINT numbers_age_check CHECK (((age >= 18) AND (age <= 120))),
    CONSTRAINT numbers_salary_check CHECK ((salary > (0)::numeric)),
    CONSTRAINT numbers_salary_range_check CHECK ((salary_min < salary_max)),
    CONSTRAINT numbers_pin_check CHECK (((pin >= 1000) AND (pin <= 9999))),
    CONSTRAINT numbers_credit_score_check CHECK (((credit_score >= 300) AND (credit_score <= 850))),
    CONSTRAINT numbers_phone_no_check CHECK ((phone_no >= 1000000)),
    CONSTRAINT numbers_shoe_size_check CHECK (((shoe_size % 0.5) = (0)::numeric))
);

CREATE TABLE public.together (
    id bigint NOT NULL,
    kind text NOT NULL,
    email text,
    email_lower text,
    backup_email text,
    first_name text,
    last_name text,
    phone text,
    religion text,
    status text NOT NULL,
    gender public.gender NOT NULL,
    CONSTRAINT together_contact_check CHECK (((email IS NOT NULL) OR (phone IS NOT NULL))),
    CONSTRAINT together_email_lower_check CHECK ((email_lower = lower(email))),
    CONSTRAINT together_backup_check CHECK ((backup_email <> email)),
    CONSTRAINT together_names_check CHECK ((num_nulls(first_name, last_name) = ANY (ARRAY[0, 2]))),
    CONSTRAINT together_kind_check CHECK (((kind <> 'staff'::text) OR (email ~~ '%@corp.example.com'::text))),
    CONSTRAINT together_status_check CHECK ((status = ANY (ARRAY['new'::text, 'active'::text]))),
    CONSTRAINT together_gender_check CHECK ((gender <> 'unset'::public.gender))
);

CREATE TABLE public.others (
    id bigint NOT NULL,
    work_email public.corporate_email NOT NULL,
    contact_phone public.phone_number NOT NULL,
    birth_date public.adult_birth_date NOT NULL,
    last_ip inet NOT NULL,
    profile jsonb NOT NULL,
    contact jsonb NOT NULL,
    emails text[] NOT NULL,
    room text NOT NULL,
    during tstzrange NOT NULL,
    guest_name text NOT NULL,
    email text NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT others_last_ip_check CHECK ((last_ip << '10.0.0.0/8'::inet)),
    CONSTRAINT others_profile_check CHECK ((jsonb_typeof(profile) = 'object'::text)),
    CONSTRAINT others_contact_check CHECK ((contact ? 'email'::text)),
    CONSTRAINT others_emails_check CHECK (((cardinality(emails) >= 1) AND (cardinality(emails) <= 5))),
    CONSTRAINT others_guest_name_check CHECK ((char_length(guest_name) <= 40)),
    CONSTRAINT others_email_check CHECK ((POSITION(('@'::text) IN (email)) > 1))
);

COPY public.texts (id, email, private_email, staff_email, iban, phone, mobile_phone, username, last_name, national_id, passport_number, postcode, licence_plate, tax_id, city, full_name, customer_number, password_hash) FROM stdin;
1	anna@example.com	anna.k@mail.example.org	staff-1@example.net	NL91ABNA0417164300	+4917012345678	01701234567	anna	Klein	1234567	AB123456	10115	B-AB 1234	DE123456789	Berlin	Anna Klein	C-1001	$2b$12$abcdefghijklmnopqrstuuGsNrzvPzbqSBZGUdZvzPGNYYcpAQm5m
2	bert@example.com	bert-l@mail.example.org	staff-22@example.net	NL20INGB0001234567	+493012345	0301234567	bert_l	Lange	7654321	XY987654	20095	B-CD 5678	DE987654321	Hamburg	Bert Lange	C-1002	$2b$12$bbcdefghijklmnopqrstuuGsNrzvPzbqSBZGUdZvzPGNYYcpAQm5m
3	cleo@example.com	c@mail.example.org	staff-333@example.net	NL02ABNA0123456789	+4989998877	08999887766	cleo	Maas	1111111	QQ000001	28195	B-EF 9012	DE111111111	Bremen	Cleo van Maas	C-99	$2b$12$cbcdefghijklmnopqrstuuGsNrzvPzbqSBZGUdZvzPGNYYcpAQm5m
\.

COPY public.dates (id, birth_date, date_of_birth, birthday, deceased_on, married_on, born_at, hired_on, fired_on) FROM stdin;
1	1950-02-03	1980-05-06	1961-01-01	2020-01-01	1990-05-05	1950-02-03 04:05:06+00	2019-06-01	2021-01-01
2	1931-12-31	1900-01-01	1920-01-01	1950-01-01	\N	2024-11-01 00:00:00+00	2020-01-01	\N
3	1970-01-01	2024-10-31	1999-12-31	2023-07-08	2001-01-01	1970-01-01 00:00:00+00	2022-03-04	2022-03-04
\.

COPY public.without_key (birth_date, deceased_on) FROM stdin;
1960-01-11	1960-01-11
1961-02-11	1961-02-12
1962-03-11	1962-03-13
1963-04-11	1963-04-11
1964-05-11	1964-05-12
1965-06-11	1965-06-13
1966-07-11	1966-07-11
1967-08-11	1967-08-12
1968-09-11	1968-09-13
1969-01-11	1969-01-11
1970-02-11	1970-02-12
1971-03-11	1971-03-13
1972-04-11	1972-04-11
1973-05-11	1973-05-12
1990-03-03	\N
\N	1999-01-01
\.


COPY public.numbers (id, age, salary, salary_min, salary_max, pin, credit_score, phone_no, shoe_size) FROM stdin;
1	18	1.00	1000	1001	1000	300	1000000	38.5
2	44	52000.00	30000	60000	9999	850	4917012345678	42.0
3	120	99999.99	1	2	4711	611	301234567	50.0
\.

COPY public.together (id, kind, email, email_lower, backup_email, first_name, last_name, phone, religion, status, gender) FROM stdin;
1	staff	Anna@corp.example.com	anna@corp.example.com	anna@example.com	Anna	Klein	+4917012345678	\N	new	female
2	guest	bert@example.com	bert@example.com	b@example.org	\N	\N	\N	none	active	male
3	guest	\N	\N	\N	Cleo	Maas	+493012345	\N	active	other
\.

COPY public.others (id, work_email, contact_phone, birth_date, last_ip, profile, contact, emails, room, during, guest_name, email, deleted_at) FROM stdin;
1	anna@corp.example.com	+4917012345678	1980-05-06	10.1.2.3	{"name": "Anna"}	{"email": "anna@example.com"}	{a@example.com,b@example.com}	r1	["2024-01-01 00:00:00+00","2024-01-02 00:00:00+00")	Anna Klein	anna@example.com	\N
2	bert@corp.example.com	+493012345	1900-01-01	10.255.0.1	{}	{"email": null, "phone": "+4930"}	{c@example.com}	r1	["2024-01-02 00:00:00+00","2024-01-03 00:00:00+00")	Bert Lange	bert@example.com	\N
3	cleo@corp.example.com	+49301234567	2010-12-31	10.0.0.9	{"a": [1]}	{"email": "x@example.org"}	{d@example.com}	r2	["2024-01-02 00:00:00+00","2024-01-03 00:00:00+00")	Cleo Maas	anna@example.com	2024-05-05 00:00:00+00
\.

ALTER TABLE ONLY public.texts
    ADD CONSTRAINT texts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.texts
    ADD CONSTRAINT texts_email_key UNIQUE (email);

ALTER TABLE ONLY public.texts
    ADD CONSTRAINT texts_customer_number_key UNIQUE (customer_number);

ALTER TABLE ONLY public.dates
    ADD CONSTRAINT dates_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.numbers
    ADD CONSTRAINT numbers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.numbers
    ADD CONSTRAINT numbers_phone_no_key UNIQUE (phone_no);

ALTER TABLE ONLY public.together
    ADD CONSTRAINT together_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.others
    ADD CONSTRAINT others_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.others
    ADD CONSTRAINT others_room_during_excl EXCLUDE USING gist (room WITH =, during WITH &&);

CREATE UNIQUE INDEX others_email_alive ON public.others USING btree (lower(email)) WHERE (deleted_at IS NULL);

--
-- PostgreSQL database dump complete
--
