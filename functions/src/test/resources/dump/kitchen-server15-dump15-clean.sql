--
-- PostgreSQL database dump
--

\restrict JxCpysitehdI0ExdZvtTlZMf40POTI7OtPUfHP8YG3E0gEEmXtByrdlqaHNyEqo

-- Dumped from database version 15.20 (Debian 15.20-0+deb12u1)
-- Dumped by pg_dump version 15.20 (Debian 15.20-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

DROP EVENT TRIGGER IF EXISTS odd_event;
DROP SUBSCRIPTION IF EXISTS incoming;
DROP PUBLICATION IF EXISTS partly;
DROP PUBLICATION IF EXISTS everything;
DROP PUBLICATION IF EXISTS by_schema;
DROP POLICY IF EXISTS own_rows ON app.users;
DROP POLICY IF EXISTS all_rows ON app.orders;
ALTER TABLE IF EXISTS ONLY app.orders DROP CONSTRAINT IF EXISTS orders_user;
DROP TRIGGER IF EXISTS users_touch ON app.users;
DROP TRIGGER IF EXISTS users_late ON app.users;
DROP RULE IF EXISTS orders_log ON app.orders;
CREATE OR REPLACE VIEW app.grouped AS
SELECT
    NULL::bigint AS id,
    NULL::text AS name,
    NULL::bigint AS n;
CREATE OR REPLACE VIEW app.circular AS
SELECT
    NULL::integer AS key,
    NULL::text AS value;
DROP STATISTICS IF EXISTS app.users_statistics;
DROP INDEX IF EXISTS app.users_unique;
DROP INDEX IF EXISTS app.users_tags;
DROP INDEX IF EXISTS app.users_partial;
DROP INDEX IF EXISTS app.users_name;
DROP INDEX IF EXISTS app.users_lower;
DROP INDEX IF EXISTS app.users_expression;
DROP INDEX IF EXISTS app.summary_mood;
DROP INDEX IF EXISTS app.orders_array;
DROP INDEX IF EXISTS app.events_body;
ALTER TABLE IF EXISTS ONLY app.users DROP CONSTRAINT IF EXISTS users_pkey;
ALTER TABLE IF EXISTS ONLY app.users DROP CONSTRAINT IF EXISTS users_email_key;
ALTER DOMAIN app.late DROP CONSTRAINT IF EXISTS positive;
ALTER TABLE IF EXISTS ONLY app.orders DROP CONSTRAINT IF EXISTS orders_pkey;
ALTER TABLE IF EXISTS ONLY app.orders DROP CONSTRAINT IF EXISTS orders_during;
ALTER TABLE IF EXISTS app.orders DROP CONSTRAINT IF EXISTS late_check;
ALTER TABLE IF EXISTS ONLY app.events_rest_1 DROP CONSTRAINT IF EXISTS events_rest_1_pkey;
ALTER TABLE IF EXISTS ONLY app.events_rest DROP CONSTRAINT IF EXISTS events_rest_pkey;
ALTER TABLE IF EXISTS ONLY app.events_2025 DROP CONSTRAINT IF EXISTS events_2025_pkey;
ALTER TABLE IF EXISTS ONLY app.events DROP CONSTRAINT IF EXISTS events_pkey;
ALTER TABLE IF EXISTS ONLY app.cache DROP CONSTRAINT IF EXISTS cache_pkey;
SELECT pg_catalog.lo_unlink(oid) FROM pg_catalog.pg_largeobject_metadata WHERE oid = '70002';
SELECT pg_catalog.lo_unlink(oid) FROM pg_catalog.pg_largeobject_metadata WHERE oid = '70001';
ALTER TABLE IF EXISTS app.orders ALTER COLUMN id DROP DEFAULT;
ALTER TABLE IF EXISTS app.happy ALTER COLUMN name DROP DEFAULT;
DROP TABLE IF EXISTS public."x; Type: TABLE DATA; Schema: public; Owner: canary-owner";
DROP MATERIALIZED VIEW IF EXISTS app.summary;
DROP TABLE IF EXISTS app.settings;
DROP FOREIGN TABLE IF EXISTS app.remote;
DROP SEQUENCE IF EXISTS app.order_seq;
DROP TABLE IF EXISTS app.orders;
DROP TABLE IF EXISTS app.of_type;
DROP TABLE IF EXISTS app.no_columns;
DROP VIEW IF EXISTS app.happy;
DROP TABLE IF EXISTS app.users;
DROP TABLE IF EXISTS app.events_rest_1;
DROP TABLE IF EXISTS app.events_rest;
DROP TABLE IF EXISTS app.events_2025;
DROP TABLE IF EXISTS app.events;
DROP VIEW IF EXISTS app.circular_two;
DROP VIEW IF EXISTS app.circular;
DROP TABLE IF EXISTS app.child;
DROP TABLE IF EXISTS app.parent;
DROP TABLE IF EXISTS app.cache;
DROP TABLE IF EXISTS "Odd Schema;"."Se;lect
two ""lines""
\! touch /nothing";
DROP USER MAPPING IF EXISTS FOR postgres SERVER other;
DROP SERVER IF EXISTS other;
DROP FOREIGN DATA WRAPPER IF EXISTS odd_wrapper;
DROP TEXT SEARCH CONFIGURATION IF EXISTS app.words;
DROP TEXT SEARCH DICTIONARY IF EXISTS app.simple_words;
DROP CONVERSION IF EXISTS app.odd_conversion;
DROP OPERATOR CLASS IF EXISTS app.odd_class USING btree;
DROP OPERATOR FAMILY IF EXISTS app.odd_family USING btree;
DROP OPERATOR IF EXISTS app.=~ (app.pair, app.pair);
DROP ACCESS METHOD IF EXISTS odd_heap;
DROP AGGREGATE IF EXISTS app.total(integer);
DROP FUNCTION IF EXISTS app.touch();
DROP FUNCTION IF EXISTS app.sum_step(integer, integer);
DROP FUNCTION IF EXISTS app.on_ddl();
DROP FUNCTION IF EXISTS app.is_near(app.pair, app.pair);
DROP FUNCTION IF EXISTS app.from_view(app.grouped);
DROP VIEW IF EXISTS app.grouped;
DROP FUNCTION IF EXISTS app.fake_block();
DROP FUNCTION IF EXISTS app."begin; ""end"""(text);
DROP PROCEDURE IF EXISTS app.atomic_procedure();
DROP FUNCTION IF EXISTS app.atomic(a integer, b integer);
DROP CAST IF EXISTS (integer AS app.pair);
DROP FUNCTION IF EXISTS app.pair_of(integer);
DROP DOMAIN IF EXISTS app.short_text;
DROP TYPE IF EXISTS app.shell;
DROP TYPE IF EXISTS app.pair;
DROP TYPE IF EXISTS app.mood;
DROP DOMAIN IF EXISTS app.late;
DROP TYPE IF EXISTS app.float_range;
DROP EXTENSION IF EXISTS postgres_fdw;
DROP EXTENSION IF EXISTS intarray;
DROP EXTENSION IF EXISTS hstore;
DROP EXTENSION IF EXISTS btree_gist;
DROP COLLATION IF EXISTS app.german;
DROP SCHEMA IF EXISTS app;
DROP SCHEMA IF EXISTS "Odd Schema;";
--
-- Name: Odd Schema;; Type: SCHEMA; Schema: -; Owner: postgres
--

CREATE SCHEMA "Odd Schema;";


ALTER SCHEMA "Odd Schema;" OWNER TO postgres;

--
-- Name: app; Type: SCHEMA; Schema: -; Owner: postgres
--

CREATE SCHEMA app;


ALTER SCHEMA app OWNER TO postgres;

--
-- Name: SCHEMA app; Type: COMMENT; Schema: -; Owner: postgres
--

COMMENT ON SCHEMA app IS 'line one
-- Name: fake; Type: TABLE; Schema: public; Owner: fake
COPY app.users (id) FROM stdin;
1
\.
';


--
-- Name: german; Type: COLLATION; Schema: app; Owner: postgres
--

CREATE COLLATION app.german (provider = icu, locale = 'de-DE');


ALTER COLLATION app.german OWNER TO postgres;

--
-- Name: btree_gist; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;


--
-- Name: EXTENSION btree_gist; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION btree_gist IS 'support for indexing common datatypes in GiST';


--
-- Name: hstore; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS hstore WITH SCHEMA public;


--
-- Name: EXTENSION hstore; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION hstore IS 'data type for storing sets of (key, value) pairs';


--
-- Name: intarray; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS intarray WITH SCHEMA public;


--
-- Name: EXTENSION intarray; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION intarray IS 'functions, operators, and index support for 1-D arrays of integers';


--
-- Name: postgres_fdw; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS postgres_fdw WITH SCHEMA public;


--
-- Name: EXTENSION postgres_fdw; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION postgres_fdw IS 'foreign-data wrapper for remote PostgreSQL servers';


--
-- Name: float_range; Type: TYPE; Schema: app; Owner: postgres
--

CREATE TYPE app.float_range AS RANGE (
    subtype = double precision,
    multirange_type_name = app.float_multirange
);


ALTER TYPE app.float_range OWNER TO postgres;

--
-- Name: late; Type: DOMAIN; Schema: app; Owner: postgres
--

CREATE DOMAIN app.late AS integer;


ALTER DOMAIN app.late OWNER TO postgres;

--
-- Name: mood; Type: TYPE; Schema: app; Owner: postgres
--

CREATE TYPE app.mood AS ENUM (
    'happy',
    'so; so',
    'it''s \ odd'
);


ALTER TYPE app.mood OWNER TO postgres;

--
-- Name: TYPE mood; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON TYPE app.mood IS 'type';


--
-- Name: pair; Type: TYPE; Schema: app; Owner: postgres
--

CREATE TYPE app.pair AS (
	left_side integer,
	"right;side" text
);


ALTER TYPE app.pair OWNER TO postgres;

--
-- Name: shell; Type: TYPE; Schema: app; Owner: postgres
--

CREATE TYPE app.shell;


ALTER TYPE app.shell OWNER TO postgres;

--
-- Name: short_text; Type: DOMAIN; Schema: app; Owner: postgres
--

CREATE DOMAIN app.short_text AS text DEFAULT 'none'::text
	CONSTRAINT short CHECK ((length(VALUE) < 100));


ALTER DOMAIN app.short_text OWNER TO postgres;

--
-- Name: DOMAIN short_text; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON DOMAIN app.short_text IS 'domain';


--
-- Name: pair_of(integer); Type: FUNCTION; Schema: app; Owner: postgres
--

CREATE FUNCTION app.pair_of(integer) RETURNS app.pair
    LANGUAGE sql IMMUTABLE
    AS $_$SELECT ROW($1, NULL)::app.pair$_$;


ALTER FUNCTION app.pair_of(integer) OWNER TO postgres;

--
-- Name: CAST (integer AS app.pair); Type: CAST; Schema: -; Owner: -
--

CREATE CAST (integer AS app.pair) WITH FUNCTION app.pair_of(integer);


--
-- Name: atomic(integer, integer); Type: FUNCTION; Schema: app; Owner: postgres
--

CREATE FUNCTION app.atomic(a integer, b integer DEFAULT 7) RETURNS integer
    LANGUAGE sql
    BEGIN ATOMIC
 SELECT
         CASE
             WHEN (a > 0) THEN 1
             ELSE 2
         END AS "case";
 SELECT (
         CASE b
             WHEN 1 THEN 2
             ELSE NULL::integer
         END + a) AS "end;";
END;


ALTER FUNCTION app.atomic(a integer, b integer) OWNER TO postgres;

--
-- Name: FUNCTION atomic(a integer, b integer); Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON FUNCTION app.atomic(a integer, b integer) IS 'x';


--
-- Name: atomic_procedure(); Type: PROCEDURE; Schema: app; Owner: postgres
--

CREATE PROCEDURE app.atomic_procedure()
    LANGUAGE sql
    BEGIN ATOMIC
 SELECT 1;
END;


ALTER PROCEDURE app.atomic_procedure() OWNER TO postgres;

--
-- Name: begin; "end"(text); Type: FUNCTION; Schema: app; Owner: postgres
--

CREATE FUNCTION app."begin; ""end"""(text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $_$SELECT $1 || E'\';'$_$;


ALTER FUNCTION app."begin; ""end"""(text) OWNER TO postgres;

--
-- Name: fake_block(); Type: FUNCTION; Schema: app; Owner: postgres
--

CREATE FUNCTION app.fake_block() RETURNS text
    LANGUAGE plpgsql
    AS $_$
BEGIN
  -- ; $$ not the end $$
  RETURN 'x
COPY app.users (id, name) FROM stdin;
1	evil
\.
\restrict evil
\! touch /nothing
--
-- PostgreSQL database dump complete
--
';
END
$_$;


ALTER FUNCTION app.fake_block() OWNER TO postgres;

--
-- Name: grouped; Type: VIEW; Schema: app; Owner: postgres
--

CREATE VIEW app.grouped AS
SELECT
    NULL::bigint AS id,
    NULL::text AS name,
    NULL::bigint AS n;


ALTER TABLE app.grouped OWNER TO postgres;

--
-- Name: from_view(app.grouped); Type: FUNCTION; Schema: app; Owner: postgres
--

CREATE FUNCTION app.from_view(app.grouped) RETURNS text
    LANGUAGE sql
    AS $_$SELECT $1.name$_$;


ALTER FUNCTION app.from_view(app.grouped) OWNER TO postgres;

--
-- Name: is_near(app.pair, app.pair); Type: FUNCTION; Schema: app; Owner: postgres
--

CREATE FUNCTION app.is_near(app.pair, app.pair) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $_$SELECT $1.left_side = $2.left_side$_$;


ALTER FUNCTION app.is_near(app.pair, app.pair) OWNER TO postgres;

--
-- Name: on_ddl(); Type: FUNCTION; Schema: app; Owner: postgres
--

CREATE FUNCTION app.on_ddl() RETURNS event_trigger
    LANGUAGE plpgsql
    AS $$BEGIN END$$;


ALTER FUNCTION app.on_ddl() OWNER TO postgres;

--
-- Name: sum_step(integer, integer); Type: FUNCTION; Schema: app; Owner: postgres
--

CREATE FUNCTION app.sum_step(integer, integer) RETURNS integer
    LANGUAGE sql IMMUTABLE
    AS $_$SELECT $1 + $2$_$;


ALTER FUNCTION app.sum_step(integer, integer) OWNER TO postgres;

--
-- Name: touch(); Type: FUNCTION; Schema: app; Owner: postgres
--

CREATE FUNCTION app.touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$BEGIN RETURN NEW; END$$;


ALTER FUNCTION app.touch() OWNER TO postgres;

--
-- Name: total(integer); Type: AGGREGATE; Schema: app; Owner: postgres
--

CREATE AGGREGATE app.total(integer) (
    SFUNC = app.sum_step,
    STYPE = integer,
    INITCOND = '0'
);


ALTER AGGREGATE app.total(integer) OWNER TO postgres;

--
-- Name: odd_heap; Type: ACCESS METHOD; Schema: -; Owner: -
--

CREATE ACCESS METHOD odd_heap TYPE TABLE HANDLER heap_tableam_handler;


--
-- Name: =~; Type: OPERATOR; Schema: app; Owner: postgres
--

CREATE OPERATOR app.=~ (
    FUNCTION = app.is_near,
    LEFTARG = app.pair,
    RIGHTARG = app.pair
);


ALTER OPERATOR app.=~ (app.pair, app.pair) OWNER TO postgres;

--
-- Name: odd_family; Type: OPERATOR FAMILY; Schema: app; Owner: postgres
--

CREATE OPERATOR FAMILY app.odd_family USING btree;
ALTER OPERATOR FAMILY app.odd_family USING btree ADD
    OPERATOR 1 <(integer,bigint);


ALTER OPERATOR FAMILY app.odd_family USING btree OWNER TO postgres;

--
-- Name: odd_class; Type: OPERATOR CLASS; Schema: app; Owner: postgres
--

CREATE OPERATOR CLASS app.odd_class
    FOR TYPE integer USING btree FAMILY app.odd_family AS
    OPERATOR 1 <(integer,integer) ,
    OPERATOR 2 <=(integer,integer) ,
    OPERATOR 3 =(integer,integer) ,
    OPERATOR 4 >=(integer,integer) ,
    OPERATOR 5 >(integer,integer) ,
    FUNCTION 1 (integer, integer) btint4cmp(integer,integer);


ALTER OPERATOR CLASS app.odd_class USING btree OWNER TO postgres;

--
-- Name: odd_conversion; Type: CONVERSION; Schema: app; Owner: postgres
--

CREATE CONVERSION app.odd_conversion FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;


ALTER CONVERSION app.odd_conversion OWNER TO postgres;

--
-- Name: simple_words; Type: TEXT SEARCH DICTIONARY; Schema: app; Owner: postgres
--

CREATE TEXT SEARCH DICTIONARY app.simple_words (
    TEMPLATE = pg_catalog.simple,
    stopwords = 'english' );


ALTER TEXT SEARCH DICTIONARY app.simple_words OWNER TO postgres;

--
-- Name: words; Type: TEXT SEARCH CONFIGURATION; Schema: app; Owner: postgres
--

CREATE TEXT SEARCH CONFIGURATION app.words (
    PARSER = pg_catalog."default" );

ALTER TEXT SEARCH CONFIGURATION app.words
    ADD MAPPING FOR asciiword WITH app.simple_words;


ALTER TEXT SEARCH CONFIGURATION app.words OWNER TO postgres;

--
-- Name: odd_wrapper; Type: FOREIGN DATA WRAPPER; Schema: -; Owner: postgres
--

CREATE FOREIGN DATA WRAPPER odd_wrapper OPTIONS (
    debug 'canary-wrapper-option'
);


ALTER FOREIGN DATA WRAPPER odd_wrapper OWNER TO postgres;

--
-- Name: other; Type: SERVER; Schema: -; Owner: postgres
--

CREATE SERVER other TYPE 'kind' VERSION '1' FOREIGN DATA WRAPPER postgres_fdw OPTIONS (
    dbname 'canary;dbname',
    host 'canary-host',
    port '5432'
);


ALTER SERVER other OWNER TO postgres;

--
-- Name: USER MAPPING postgres SERVER other; Type: USER MAPPING; Schema: -; Owner: postgres
--

CREATE USER MAPPING FOR postgres SERVER other OPTIONS (
    password 'canary-password',
    "user" 'canary-user'
);


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: Se;lect two "lines" \! touch /nothing; Type: TABLE; Schema: Odd Schema;; Owner: postgres
--

CREATE TABLE "Odd Schema;"."Se;lect
two ""lines""
\! touch /nothing" (
    "from" integer,
    "a;b" text,
    "new
line" text,
    "x\.y" text
);


ALTER TABLE "Odd Schema;"."Se;lect
two ""lines""
\! touch /nothing" OWNER TO postgres;

--
-- Name: cache; Type: TABLE; Schema: app; Owner: decant_reader
--

CREATE UNLOGGED TABLE app.cache (
    k text NOT NULL,
    v bytea
);


ALTER TABLE app.cache OWNER TO decant_reader;

--
-- Name: parent; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.parent (
    a integer,
    b text
)
WITH (fillfactor='70');


ALTER TABLE app.parent OWNER TO postgres;

--
-- Name: child; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.child (
    c integer
)
INHERITS (app.parent);


ALTER TABLE app.child OWNER TO postgres;

--
-- Name: circular; Type: VIEW; Schema: app; Owner: postgres
--

CREATE VIEW app.circular AS
SELECT
    NULL::integer AS key,
    NULL::text AS value;


ALTER TABLE app.circular OWNER TO postgres;

--
-- Name: circular_two; Type: VIEW; Schema: app; Owner: postgres
--

CREATE VIEW app.circular_two AS
 SELECT circular.key,
    circular.value
   FROM app.circular;


ALTER TABLE app.circular_two OWNER TO postgres;

--
-- Name: events; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.events (
    id integer NOT NULL,
    at date NOT NULL,
    body text
)
PARTITION BY RANGE (at);


ALTER TABLE app.events OWNER TO postgres;

--
-- Name: events_2025; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.events_2025 (
    id integer NOT NULL,
    at date NOT NULL,
    body text
);


ALTER TABLE app.events_2025 OWNER TO postgres;

--
-- Name: events_rest; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.events_rest (
    id integer NOT NULL,
    at date NOT NULL,
    body text
)
PARTITION BY LIST (id);


ALTER TABLE app.events_rest OWNER TO postgres;

--
-- Name: events_rest_1; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.events_rest_1 (
    id integer NOT NULL,
    at date NOT NULL,
    body text
);


ALTER TABLE app.events_rest_1 OWNER TO postgres;

--
-- Name: users; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.users (
    id bigint NOT NULL,
    name text NOT NULL,
    email text COLLATE pg_catalog."C",
    mood app.mood DEFAULT 'happy'::app.mood,
    tags text[] DEFAULT ARRAY['a;'::text, 'b'::text],
    extra public.hstore,
    near app.pair,
    title app.short_text,
    lower_name text GENERATED ALWAYS AS (lower(name)) STORED,
    born date DEFAULT '2000-01-01'::date
);
ALTER TABLE ONLY app.users ALTER COLUMN id SET (n_distinct=-1);
ALTER TABLE ONLY app.users ALTER COLUMN name SET STATISTICS 500;
ALTER TABLE ONLY app.users ALTER COLUMN name SET COMPRESSION pglz;
ALTER TABLE ONLY app.users ALTER COLUMN email SET STORAGE EXTERNAL;


ALTER TABLE app.users OWNER TO postgres;

--
-- Name: TABLE users; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON TABLE app.users IS 'people; -- not a comment
/* nor this';


--
-- Name: COLUMN users.name; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON COLUMN app.users.name IS 'U&''x'' $$ ';


--
-- Name: happy; Type: VIEW; Schema: app; Owner: postgres
--

CREATE VIEW app.happy AS
 SELECT users.id,
    users.name,
    'it''s; \'::text AS "q;"
   FROM app.users
  WHERE (users.mood = 'happy'::app.mood)
  WITH LOCAL CHECK OPTION;


ALTER TABLE app.happy OWNER TO postgres;

--
-- Name: VIEW happy; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON VIEW app.happy IS 'view';


--
-- Name: no_columns; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.no_columns (
);


ALTER TABLE app.no_columns OWNER TO postgres;

--
-- Name: of_type; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.of_type OF app.pair;


ALTER TABLE app.of_type OWNER TO postgres;

--
-- Name: orders; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.orders (
    id integer NOT NULL,
    user_id bigint,
    note text,
    amount numeric(10,2),
    during tstzrange,
    CONSTRAINT amount_positive CHECK ((amount >= (0)::numeric))
);

ALTER TABLE ONLY app.orders REPLICA IDENTITY FULL;

ALTER TABLE ONLY app.orders FORCE ROW LEVEL SECURITY;


ALTER TABLE app.orders OWNER TO postgres;

--
-- Name: order_seq; Type: SEQUENCE; Schema: app; Owner: postgres
--

CREATE SEQUENCE app.order_seq
    START WITH 100
    INCREMENT BY 5
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE app.order_seq OWNER TO postgres;

--
-- Name: order_seq; Type: SEQUENCE OWNED BY; Schema: app; Owner: postgres
--

ALTER SEQUENCE app.order_seq OWNED BY app.orders.id;


--
-- Name: SEQUENCE order_seq; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON SEQUENCE app.order_seq IS 'sequence';


--
-- Name: remote; Type: FOREIGN TABLE; Schema: app; Owner: postgres
--

CREATE FOREIGN TABLE app.remote (
    id integer,
    name text DEFAULT 'x'::text NOT NULL
)
SERVER other
OPTIONS (
    schema_name 'canary-schema',
    table_name 'canary;)table'
);
ALTER FOREIGN TABLE app.remote ALTER COLUMN id OPTIONS (
    column_name 'canary-column'
);


ALTER FOREIGN TABLE app.remote OWNER TO postgres;

SET default_table_access_method = odd_heap;

--
-- Name: settings; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.settings (
    id integer,
    body text
);


ALTER TABLE app.settings OWNER TO postgres;

SET default_table_access_method = heap;

--
-- Name: summary; Type: MATERIALIZED VIEW; Schema: app; Owner: postgres
--

CREATE MATERIALIZED VIEW app.summary AS
 SELECT users.mood,
    count(*) AS n
   FROM app.users
  GROUP BY users.mood
  WITH NO DATA;


ALTER TABLE app.summary OWNER TO postgres;

--
-- Name: users_id_seq; Type: SEQUENCE; Schema: app; Owner: postgres
--

ALTER TABLE app.users ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME app.users_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: x; Type: TABLE DATA; Schema: public; Owner: canary-owner; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public."x; Type: TABLE DATA; Schema: public; Owner: canary-owner" (
    a integer
);


ALTER TABLE public."x; Type: TABLE DATA; Schema: public; Owner: canary-owner" OWNER TO postgres;

--
-- Name: events_2025; Type: TABLE ATTACH; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.events ATTACH PARTITION app.events_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');


--
-- Name: events_rest; Type: TABLE ATTACH; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.events ATTACH PARTITION app.events_rest DEFAULT;


--
-- Name: events_rest_1; Type: TABLE ATTACH; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.events_rest ATTACH PARTITION app.events_rest_1 FOR VALUES IN (1, 2);


--
-- Name: happy name; Type: DEFAULT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.happy ALTER COLUMN name SET DEFAULT 'anna; b'::text;


--
-- Name: orders id; Type: DEFAULT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.orders ALTER COLUMN id SET DEFAULT nextval('app.order_seq'::regclass);


--
-- Name: 70001; Type: BLOB; Schema: -; Owner: decant_reader
--

SELECT pg_catalog.lo_create('70001');


ALTER LARGE OBJECT 70001 OWNER TO decant_reader;

--
-- Name: LARGE OBJECT 70001; Type: COMMENT; Schema: -; Owner: decant_reader
--

COMMENT ON LARGE OBJECT 70001 IS 'large; object';


--
-- Name: 70002; Type: BLOB; Schema: -; Owner: postgres
--

SELECT pg_catalog.lo_create('70002');


ALTER LARGE OBJECT 70002 OWNER TO postgres;

--
-- Data for Name: Se;lect two "lines" \! touch /nothing; Type: TABLE DATA; Schema: Odd Schema;; Owner: postgres
--

COPY "Odd Schema;"."Se;lect
two ""lines""
\! touch /nothing" ("from", "a;b", "new
line", "x\.y") FROM stdin;
1	a;b	x\n\\.\n	\\.
\.


--
-- Data for Name: cache; Type: TABLE DATA; Schema: app; Owner: decant_reader
--

COPY app.cache (k, v) FROM stdin;
k	\\xdeadbeef
\.


--
-- Data for Name: child; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.child (a, b, c) FROM stdin;
2	c	3
\.


--
-- Data for Name: events_2025; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.events_2025 (id, at, body) FROM stdin;
1	2025-05-05	may
\.


--
-- Data for Name: events_rest_1; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.events_rest_1 (id, at, body) FROM stdin;
1	2027-01-01	later
\.


--
-- Data for Name: no_columns; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.no_columns  FROM stdin;


\.


--
-- Data for Name: of_type; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.of_type (left_side, "right;side") FROM stdin;
\.


--
-- Data for Name: orders; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.orders (id, user_id, note, amount, during) FROM stdin;
100	1	note 1	1.00	["2025-07-20 00:00:00+00","2025-07-21 00:00:00+00")
105	1	note 2	2.00	["2025-07-30 00:00:00+00","2025-07-31 00:00:00+00")
110	1	note 3	3.00	["2025-08-09 00:00:00+00","2025-08-10 00:00:00+00")
115	1	note 4	4.00	["2025-08-19 00:00:00+00","2025-08-20 00:00:00+00")
120	1	note 5	5.00	["2025-08-29 00:00:00+00","2025-08-30 00:00:00+00")
\.


--
-- Data for Name: parent; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.parent (a, b) FROM stdin;
1	p
\.


--
-- Data for Name: settings; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.settings (id, body) FROM stdin;
1	body
\.


--
-- Data for Name: users; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.users (id, name, email, mood, tags, extra, near, title, born) FROM stdin;
1	Anna	anna@example.com	happy	{a,"b \\"q\\" \\\\ c",NULL,"NULL"}	"k"=>"v, \\"q\\" x"	(1,"a ""q"" st,")	ok	2000-01-01
2	\\.	\\N	happy	{}	\N	\N	tab\there	2000-01-01
3	line one\nline two\n\\.\nline	back\\slash\\	happy	\N	\N	\N	\b\fv\r	2000-01-01
4		empty@example.com	happy	\N	\N	\N	\N	2000-01-01
5	Zoë 漢字 😀	zoe@example.com	happy	\N	\N	\N	-- x	2000-01-01
\.


--
-- Data for Name: x; Type: TABLE DATA; Schema: public; Owner: canary-owner; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public."x; Type: TABLE DATA; Schema: public; Owner: canary-owner" (a) FROM stdin;
1
\N
\.


--
-- Name: order_seq; Type: SEQUENCE SET; Schema: app; Owner: postgres
--

SELECT pg_catalog.setval('app.order_seq', 555, true);


--
-- Name: users_id_seq; Type: SEQUENCE SET; Schema: app; Owner: postgres
--

SELECT pg_catalog.setval('app.users_id_seq', 5, true);


--
-- Data for Name: BLOBS; Type: BLOBS; Schema: -; Owner: -
--

BEGIN;

SELECT pg_catalog.lo_open('70001', 131072);
SELECT pg_catalog.lowrite(0, '\x4c617267650a6f626a656374');
SELECT pg_catalog.lo_close(0);

SELECT pg_catalog.lo_open('70002', 131072);
SELECT pg_catalog.lo_close(0);

COMMIT;

--
-- Name: cache cache_pkey; Type: CONSTRAINT; Schema: app; Owner: decant_reader
--

ALTER TABLE ONLY app.cache
    ADD CONSTRAINT cache_pkey PRIMARY KEY (k);


--
-- Name: events events_pkey; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (id, at);


--
-- Name: events_2025 events_2025_pkey; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.events_2025
    ADD CONSTRAINT events_2025_pkey PRIMARY KEY (id, at);


--
-- Name: events_rest events_rest_pkey; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.events_rest
    ADD CONSTRAINT events_rest_pkey PRIMARY KEY (id, at);


--
-- Name: events_rest_1 events_rest_1_pkey; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.events_rest_1
    ADD CONSTRAINT events_rest_1_pkey PRIMARY KEY (id, at);


--
-- Name: orders late_check; Type: CHECK CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE app.orders
    ADD CONSTRAINT late_check CHECK ((note <> 'x;'::text)) NOT VALID;


--
-- Name: orders orders_during; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.orders
    ADD CONSTRAINT orders_during EXCLUDE USING gist (user_id WITH =, during WITH &&);


--
-- Name: orders orders_pkey; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.orders
    ADD CONSTRAINT orders_pkey PRIMARY KEY (id);


--
-- Name: late positive; Type: CHECK CONSTRAINT; Schema: app; Owner: postgres
--

ALTER DOMAIN app.late
    ADD CONSTRAINT positive CHECK ((VALUE > 0)) NOT VALID;


--
-- Name: users users_email_key; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.users
    ADD CONSTRAINT users_email_key UNIQUE (email);


--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

ALTER TABLE app.users CLUSTER ON users_pkey;


--
-- Name: CONSTRAINT users_pkey ON users; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON CONSTRAINT users_pkey ON app.users IS 'key';


--
-- Name: events_body; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX events_body ON ONLY app.events USING btree (body);


--
-- Name: events_2025_body_idx; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX events_2025_body_idx ON app.events_2025 USING btree (body);


--
-- Name: events_rest_body_idx; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX events_rest_body_idx ON ONLY app.events_rest USING btree (body);


--
-- Name: events_rest_1_body_idx; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX events_rest_1_body_idx ON app.events_rest_1 USING btree (body);


--
-- Name: orders_array; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX orders_array ON app.orders USING gist (during);


--
-- Name: summary_mood; Type: INDEX; Schema: app; Owner: postgres
--

CREATE UNIQUE INDEX summary_mood ON app.summary USING btree (mood);


--
-- Name: users_expression; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX users_expression ON app.users USING btree (((id + 1)));
ALTER INDEX app.users_expression ALTER COLUMN 1 SET STATISTICS 300;


--
-- Name: users_lower; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX users_lower ON app.users USING btree (lower(name));


--
-- Name: users_name; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX users_name ON app.users USING btree (name COLLATE "de-x-icu" text_pattern_ops DESC NULLS LAST, born) INCLUDE (mood) WITH (fillfactor='80');


--
-- Name: INDEX users_name; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON INDEX app.users_name IS 'index';


--
-- Name: users_partial; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX users_partial ON app.users USING btree (born) WHERE (id > 5);


--
-- Name: users_tags; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX users_tags ON app.users USING gin (tags);


--
-- Name: users_unique; Type: INDEX; Schema: app; Owner: postgres
--

CREATE UNIQUE INDEX users_unique ON app.users USING btree (name, born) WHERE (name <> 'x'::text);


--
-- Name: events_2025_body_idx; Type: INDEX ATTACH; Schema: app; Owner: postgres
--

ALTER INDEX app.events_body ATTACH PARTITION app.events_2025_body_idx;


--
-- Name: events_2025_pkey; Type: INDEX ATTACH; Schema: app; Owner: postgres
--

ALTER INDEX app.events_pkey ATTACH PARTITION app.events_2025_pkey;


--
-- Name: events_rest_1_body_idx; Type: INDEX ATTACH; Schema: app; Owner: postgres
--

ALTER INDEX app.events_rest_body_idx ATTACH PARTITION app.events_rest_1_body_idx;


--
-- Name: events_rest_1_pkey; Type: INDEX ATTACH; Schema: app; Owner: postgres
--

ALTER INDEX app.events_rest_pkey ATTACH PARTITION app.events_rest_1_pkey;


--
-- Name: events_rest_body_idx; Type: INDEX ATTACH; Schema: app; Owner: postgres
--

ALTER INDEX app.events_body ATTACH PARTITION app.events_rest_body_idx;


--
-- Name: events_rest_pkey; Type: INDEX ATTACH; Schema: app; Owner: postgres
--

ALTER INDEX app.events_pkey ATTACH PARTITION app.events_rest_pkey;


--
-- Name: users_statistics; Type: STATISTICS; Schema: app; Owner: postgres
--

CREATE STATISTICS app.users_statistics (dependencies) ON name, born FROM app.users;
ALTER STATISTICS app.users_statistics SET STATISTICS 200;


ALTER STATISTICS app.users_statistics OWNER TO postgres;

--
-- Name: circular _RETURN; Type: RULE; Schema: app; Owner: postgres
--

CREATE OR REPLACE VIEW app.circular AS
 SELECT circular_two.key,
    circular_two.value
   FROM app.circular_two
  WHERE (circular_two.key > 0);


--
-- Name: grouped _RETURN; Type: RULE; Schema: app; Owner: postgres
--

CREATE OR REPLACE VIEW app.grouped AS
 SELECT users.id,
    users.name,
    count(*) AS n
   FROM app.users
  GROUP BY users.id;


--
-- Name: orders orders_log; Type: RULE; Schema: app; Owner: postgres
--

CREATE RULE orders_log AS
    ON DELETE TO app.orders DO ( INSERT INTO app.no_columns DEFAULT VALUES;
 UPDATE app.users SET name = 'x;)'::text
  WHERE false;
);


--
-- Name: users users_late; Type: TRIGGER; Schema: app; Owner: postgres
--

CREATE CONSTRAINT TRIGGER users_late AFTER INSERT ON app.users DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.touch();
ALTER TRIGGER users_late ON app.users DEPENDS ON EXTENSION hstore;


--
-- Name: users users_touch; Type: TRIGGER; Schema: app; Owner: postgres
--

CREATE TRIGGER users_touch BEFORE UPDATE ON app.users FOR EACH ROW WHEN ((old.name <> 'a;b'::text)) EXECUTE FUNCTION app.touch('arg; one');

ALTER TABLE app.users DISABLE TRIGGER users_touch;


--
-- Name: TRIGGER users_touch ON users; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON TRIGGER users_touch ON app.users IS 'trigger';


--
-- Name: orders orders_user; Type: FK CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.orders
    ADD CONSTRAINT orders_user FOREIGN KEY (user_id) REFERENCES app.users(id) ON DELETE CASCADE;


--
-- Name: orders all_rows; Type: POLICY; Schema: app; Owner: postgres
--

CREATE POLICY all_rows ON app.orders FOR INSERT WITH CHECK ((amount < (1000)::numeric));


--
-- Name: users own_rows; Type: POLICY; Schema: app; Owner: postgres
--

CREATE POLICY own_rows ON app.users AS RESTRICTIVE FOR SELECT TO decant_reader USING ((name <> 'to; public'::text));


--
-- Name: POLICY own_rows ON users; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON POLICY own_rows ON app.users IS 'policy';


--
-- Name: users; Type: ROW SECURITY; Schema: app; Owner: postgres
--

ALTER TABLE app.users ENABLE ROW LEVEL SECURITY;

--
-- Name: by_schema; Type: PUBLICATION; Schema: -; Owner: postgres
--

CREATE PUBLICATION by_schema WITH (publish = 'insert, update, delete, truncate');


ALTER PUBLICATION by_schema OWNER TO postgres;

--
-- Name: everything; Type: PUBLICATION; Schema: -; Owner: postgres
--

CREATE PUBLICATION everything FOR ALL TABLES WITH (publish = 'insert, update, delete, truncate');


ALTER PUBLICATION everything OWNER TO postgres;

--
-- Name: partly; Type: PUBLICATION; Schema: -; Owner: postgres
--

CREATE PUBLICATION partly WITH (publish = 'insert, update, delete, truncate');


ALTER PUBLICATION partly OWNER TO postgres;

--
-- Name: PUBLICATION partly; Type: COMMENT; Schema: -; Owner: postgres
--

COMMENT ON PUBLICATION partly IS 'canary-publication-comment';


--
-- Name: partly users; Type: PUBLICATION TABLE; Schema: app; Owner: postgres
--

ALTER PUBLICATION partly ADD TABLE ONLY app.users (id, name) WHERE ((id > 424242));


--
-- Name: by_schema Odd Schema;; Type: PUBLICATION TABLES IN SCHEMA; Schema: Odd Schema;; Owner: postgres
--

ALTER PUBLICATION by_schema ADD TABLES IN SCHEMA "Odd Schema;";


--
-- Name: incoming; Type: SUBSCRIPTION; Schema: -; Owner: postgres
--

CREATE SUBSCRIPTION incoming CONNECTION 'host=canary-subscription password=canary-secret' PUBLICATION p WITH (connect = false, slot_name = NONE);


ALTER SUBSCRIPTION incoming OWNER TO postgres;

--
-- Name: FUNCTION fake_block(); Type: ACL; Schema: app; Owner: postgres
--

REVOKE ALL ON FUNCTION app.fake_block() FROM PUBLIC;


--
-- Name: TABLE grouped; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.grouped TO decant_reader;


--
-- Name: TABLE parent; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.parent TO decant_reader;


--
-- Name: TABLE child; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.child TO decant_reader;


--
-- Name: TABLE circular; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.circular TO decant_reader;


--
-- Name: TABLE circular_two; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.circular_two TO decant_reader;


--
-- Name: TABLE events; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.events TO decant_reader;


--
-- Name: TABLE events_2025; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.events_2025 TO decant_reader;


--
-- Name: TABLE events_rest; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.events_rest TO decant_reader;


--
-- Name: TABLE events_rest_1; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.events_rest_1 TO decant_reader;


--
-- Name: TABLE users; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT,INSERT ON TABLE app.users TO decant_reader WITH GRANT OPTION;


--
-- Name: TABLE happy; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.happy TO decant_reader;


--
-- Name: TABLE no_columns; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.no_columns TO decant_reader;


--
-- Name: TABLE of_type; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.of_type TO decant_reader;


--
-- Name: TABLE orders; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.orders TO decant_reader;


--
-- Name: COLUMN orders.id; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT(id) ON TABLE app.orders TO decant_reader;


--
-- Name: TABLE remote; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.remote TO decant_reader;


--
-- Name: TABLE settings; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.settings TO decant_reader;


--
-- Name: TABLE summary; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.summary TO decant_reader;


--
-- Name: DEFAULT PRIVILEGES FOR TABLES; Type: DEFAULT ACL; Schema: app; Owner: postgres
--

ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA app GRANT SELECT ON TABLES  TO decant_reader;


--
-- Name: odd_event; Type: EVENT TRIGGER; Schema: -; Owner: postgres
--

CREATE EVENT TRIGGER odd_event ON ddl_command_start
   EXECUTE FUNCTION app.on_ddl();

ALTER EVENT TRIGGER odd_event DISABLE;


ALTER EVENT TRIGGER odd_event OWNER TO postgres;

--
-- Name: EVENT TRIGGER odd_event; Type: COMMENT; Schema: -; Owner: postgres
--

COMMENT ON EVENT TRIGGER odd_event IS 'canary-event-comment';


--
-- Name: summary; Type: MATERIALIZED VIEW DATA; Schema: app; Owner: postgres
--

REFRESH MATERIALIZED VIEW app.summary;


--
-- PostgreSQL database dump complete
--

\unrestrict JxCpysitehdI0ExdZvtTlZMf40POTI7OtPUfHP8YG3E0gEEmXtByrdlqaHNyEqo

