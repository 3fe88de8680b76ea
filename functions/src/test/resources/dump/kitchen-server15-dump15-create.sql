--
-- PostgreSQL database dump
--

\restrict LuRTLCdfuuc8vbC7sVsd3hQm6y9BPT4YtJ8r8m1ZwZwob3BgPRfbhs5w2UzttB1

-- Dumped from database version 15.20 (Debian 15.20-0+deb12u1)
-- Dumped by pg_dump version 15.20 (Debian 15.20-0+deb12u1)

-- Started on 2026-11-21 09:21:56 UTC

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

--
-- TOC entry 4012 (class 1262 OID 16385)
-- Name: kitchen; Type: DATABASE; Schema: -; Owner: postgres
--

CREATE DATABASE kitchen WITH TEMPLATE = template0 ENCODING = 'UTF8' LOCALE_PROVIDER = libc LOCALE = 'C';


ALTER DATABASE kitchen OWNER TO postgres;

\unrestrict LuRTLCdfuuc8vbC7sVsd3hQm6y9BPT4YtJ8r8m1ZwZwob3BgPRfbhs5w2UzttB1
\connect kitchen
\restrict LuRTLCdfuuc8vbC7sVsd3hQm6y9BPT4YtJ8r8m1ZwZwob3BgPRfbhs5w2UzttB1

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

--
-- TOC entry 4013 (class 0 OID 0)
-- Dependencies: 4012
-- Name: DATABASE kitchen; Type: COMMENT; Schema: -; Owner: postgres
--

COMMENT ON DATABASE kitchen IS 'canary-database-comment';


--
-- TOC entry 4014 (class 0 OID 0)
-- Name: kitchen; Type: DATABASE PROPERTIES; Schema: -; Owner: postgres
--

ALTER DATABASE kitchen SET "app.api_key" TO 'canary-api-key';
ALTER ROLE decant_reader IN DATABASE kitchen SET work_mem TO '64MB';


\unrestrict LuRTLCdfuuc8vbC7sVsd3hQm6y9BPT4YtJ8r8m1ZwZwob3BgPRfbhs5w2UzttB1
\connect kitchen
\restrict LuRTLCdfuuc8vbC7sVsd3hQm6y9BPT4YtJ8r8m1ZwZwob3BgPRfbhs5w2UzttB1

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

--
-- TOC entry 11 (class 2615 OID 16387)
-- Name: Odd Schema;; Type: SCHEMA; Schema: -; Owner: postgres
--

CREATE SCHEMA "Odd Schema;";


ALTER SCHEMA "Odd Schema;" OWNER TO postgres;

--
-- TOC entry 10 (class 2615 OID 16386)
-- Name: app; Type: SCHEMA; Schema: -; Owner: postgres
--

CREATE SCHEMA app;


ALTER SCHEMA app OWNER TO postgres;

--
-- TOC entry 4015 (class 0 OID 0)
-- Dependencies: 10
-- Name: SCHEMA app; Type: COMMENT; Schema: -; Owner: postgres
--

COMMENT ON SCHEMA app IS 'line one
-- Name: fake; Type: TABLE; Schema: public; Owner: fake
COPY app.users (id) FROM stdin;
1
\.
';


--
-- TOC entry 3422 (class 3456 OID 17323)
-- Name: german; Type: COLLATION; Schema: app; Owner: postgres
--

CREATE COLLATION app.german (provider = icu, locale = 'de-DE');


ALTER COLLATION app.german OWNER TO postgres;

--
-- TOC entry 3 (class 3079 OID 16516)
-- Name: btree_gist; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;


--
-- TOC entry 4016 (class 0 OID 0)
-- Dependencies: 3
-- Name: EXTENSION btree_gist; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION btree_gist IS 'support for indexing common datatypes in GiST';


--
-- TOC entry 2 (class 3079 OID 16388)
-- Name: hstore; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS hstore WITH SCHEMA public;


--
-- TOC entry 4017 (class 0 OID 0)
-- Dependencies: 2
-- Name: EXTENSION hstore; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION hstore IS 'data type for storing sets of (key, value) pairs';


--
-- TOC entry 5 (class 3079 OID 17173)
-- Name: intarray; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS intarray WITH SCHEMA public;


--
-- TOC entry 4018 (class 0 OID 0)
-- Dependencies: 5
-- Name: EXTENSION intarray; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION intarray IS 'functions, operators, and index support for 1-D arrays of integers';


--
-- TOC entry 4 (class 3079 OID 17166)
-- Name: postgres_fdw; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS postgres_fdw WITH SCHEMA public;


--
-- TOC entry 4019 (class 0 OID 0)
-- Dependencies: 4
-- Name: EXTENSION postgres_fdw; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION postgres_fdw IS 'foreign-data wrapper for remote PostgreSQL servers';


--
-- TOC entry 1218 (class 1247 OID 17309)
-- Name: float_range; Type: TYPE; Schema: app; Owner: postgres
--

CREATE TYPE app.float_range AS RANGE (
    subtype = double precision,
    multirange_type_name = app.float_multirange
);


ALTER TYPE app.float_range OWNER TO postgres;

--
-- TOC entry 1229 (class 1247 OID 17320)
-- Name: late; Type: DOMAIN; Schema: app; Owner: postgres
--

CREATE DOMAIN app.late AS integer;


ALTER DOMAIN app.late OWNER TO postgres;

--
-- TOC entry 1182 (class 1247 OID 17297)
-- Name: mood; Type: TYPE; Schema: app; Owner: postgres
--

CREATE TYPE app.mood AS ENUM (
    'happy',
    'so; so',
    'it''s \ odd'
);


ALTER TYPE app.mood OWNER TO postgres;

--
-- TOC entry 4020 (class 0 OID 0)
-- Dependencies: 1182
-- Name: TYPE mood; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON TYPE app.mood IS 'type';


--
-- TOC entry 1215 (class 1247 OID 17305)
-- Name: pair; Type: TYPE; Schema: app; Owner: postgres
--

CREATE TYPE app.pair AS (
	left_side integer,
	"right;side" text
);


ALTER TYPE app.pair OWNER TO postgres;

--
-- TOC entry 1233 (class 1247 OID 17322)
-- Name: shell; Type: TYPE; Schema: app; Owner: postgres
--

CREATE TYPE app.shell;


ALTER TYPE app.shell OWNER TO postgres;

--
-- TOC entry 1225 (class 1247 OID 17317)
-- Name: short_text; Type: DOMAIN; Schema: app; Owner: postgres
--

CREATE DOMAIN app.short_text AS text DEFAULT 'none'::text
	CONSTRAINT short CHECK ((length(VALUE) < 100));


ALTER DOMAIN app.short_text OWNER TO postgres;

--
-- TOC entry 4021 (class 0 OID 0)
-- Dependencies: 1225
-- Name: DOMAIN short_text; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON DOMAIN app.short_text IS 'domain';


--
-- TOC entry 566 (class 1255 OID 17341)
-- Name: pair_of(integer); Type: FUNCTION; Schema: app; Owner: postgres
--

CREATE FUNCTION app.pair_of(integer) RETURNS app.pair
    LANGUAGE sql IMMUTABLE
    AS $_$SELECT ROW($1, NULL)::app.pair$_$;


ALTER FUNCTION app.pair_of(integer) OWNER TO postgres;

--
-- TOC entry 3620 (class 2605 OID 17342)
-- Name: CAST (integer AS app.pair); Type: CAST; Schema: -; Owner: -
--

CREATE CAST (integer AS app.pair) WITH FUNCTION app.pair_of(integer);


--
-- TOC entry 561 (class 1255 OID 17325)
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
-- TOC entry 4022 (class 0 OID 0)
-- Dependencies: 561
-- Name: FUNCTION atomic(a integer, b integer); Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON FUNCTION app.atomic(a integer, b integer) IS 'x';


--
-- TOC entry 562 (class 1255 OID 17326)
-- Name: atomic_procedure(); Type: PROCEDURE; Schema: app; Owner: postgres
--

CREATE PROCEDURE app.atomic_procedure()
    LANGUAGE sql
    BEGIN ATOMIC
 SELECT 1;
END;


ALTER PROCEDURE app.atomic_procedure() OWNER TO postgres;

--
-- TOC entry 563 (class 1255 OID 17327)
-- Name: begin; "end"(text); Type: FUNCTION; Schema: app; Owner: postgres
--

CREATE FUNCTION app."begin; ""end"""(text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $_$SELECT $1 || E'\';'$_$;


ALTER FUNCTION app."begin; ""end"""(text) OWNER TO postgres;

--
-- TOC entry 570 (class 1255 OID 17324)
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
-- TOC entry 238 (class 1259 OID 17457)
-- Name: grouped; Type: VIEW; Schema: app; Owner: postgres
--

CREATE VIEW app.grouped AS
SELECT
    NULL::bigint AS id,
    NULL::text AS name,
    NULL::bigint AS n;


ALTER TABLE app.grouped OWNER TO postgres;

--
-- TOC entry 567 (class 1255 OID 17461)
-- Name: from_view(app.grouped); Type: FUNCTION; Schema: app; Owner: postgres
--

CREATE FUNCTION app.from_view(app.grouped) RETURNS text
    LANGUAGE sql
    AS $_$SELECT $1.name$_$;


ALTER FUNCTION app.from_view(app.grouped) OWNER TO postgres;

--
-- TOC entry 565 (class 1255 OID 17330)
-- Name: is_near(app.pair, app.pair); Type: FUNCTION; Schema: app; Owner: postgres
--

CREATE FUNCTION app.is_near(app.pair, app.pair) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $_$SELECT $1.left_side = $2.left_side$_$;


ALTER FUNCTION app.is_near(app.pair, app.pair) OWNER TO postgres;

--
-- TOC entry 569 (class 1255 OID 17483)
-- Name: on_ddl(); Type: FUNCTION; Schema: app; Owner: postgres
--

CREATE FUNCTION app.on_ddl() RETURNS event_trigger
    LANGUAGE plpgsql
    AS $$BEGIN END$$;


ALTER FUNCTION app.on_ddl() OWNER TO postgres;

--
-- TOC entry 564 (class 1255 OID 17328)
-- Name: sum_step(integer, integer); Type: FUNCTION; Schema: app; Owner: postgres
--

CREATE FUNCTION app.sum_step(integer, integer) RETURNS integer
    LANGUAGE sql IMMUTABLE
    AS $_$SELECT $1 + $2$_$;


ALTER FUNCTION app.sum_step(integer, integer) OWNER TO postgres;

--
-- TOC entry 568 (class 1255 OID 17477)
-- Name: touch(); Type: FUNCTION; Schema: app; Owner: postgres
--

CREATE FUNCTION app.touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$BEGIN RETURN NEW; END$$;


ALTER FUNCTION app.touch() OWNER TO postgres;

--
-- TOC entry 1295 (class 1255 OID 17329)
-- Name: total(integer); Type: AGGREGATE; Schema: app; Owner: postgres
--

CREATE AGGREGATE app.total(integer) (
    SFUNC = app.sum_step,
    STYPE = integer,
    INITCOND = '0'
);


ALTER AGGREGATE app.total(integer) OWNER TO postgres;

--
-- TOC entry 2149 (class 2601 OID 17346)
-- Name: odd_heap; Type: ACCESS METHOD; Schema: -; Owner: -
--

CREATE ACCESS METHOD odd_heap TYPE TABLE HANDLER heap_tableam_handler;


--
-- TOC entry 2141 (class 2617 OID 17331)
-- Name: =~; Type: OPERATOR; Schema: app; Owner: postgres
--

CREATE OPERATOR app.=~ (
    FUNCTION = app.is_near,
    LEFTARG = app.pair,
    RIGHTARG = app.pair
);


ALTER OPERATOR app.=~ (app.pair, app.pair) OWNER TO postgres;

--
-- TOC entry 2540 (class 2753 OID 17332)
-- Name: odd_family; Type: OPERATOR FAMILY; Schema: app; Owner: postgres
--

CREATE OPERATOR FAMILY app.odd_family USING btree;
ALTER OPERATOR FAMILY app.odd_family USING btree ADD
    OPERATOR 1 <(integer,bigint);


ALTER OPERATOR FAMILY app.odd_family USING btree OWNER TO postgres;

--
-- TOC entry 2360 (class 2616 OID 17333)
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
-- TOC entry 3551 (class 2607 OID 17343)
-- Name: odd_conversion; Type: CONVERSION; Schema: app; Owner: postgres
--

CREATE CONVERSION app.odd_conversion FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;


ALTER CONVERSION app.odd_conversion OWNER TO postgres;

--
-- TOC entry 2576 (class 3600 OID 17344)
-- Name: simple_words; Type: TEXT SEARCH DICTIONARY; Schema: app; Owner: postgres
--

CREATE TEXT SEARCH DICTIONARY app.simple_words (
    TEMPLATE = pg_catalog.simple,
    stopwords = 'english' );


ALTER TEXT SEARCH DICTIONARY app.simple_words OWNER TO postgres;

--
-- TOC entry 2606 (class 3602 OID 17345)
-- Name: words; Type: TEXT SEARCH CONFIGURATION; Schema: app; Owner: postgres
--

CREATE TEXT SEARCH CONFIGURATION app.words (
    PARSER = pg_catalog."default" );

ALTER TEXT SEARCH CONFIGURATION app.words
    ADD MAPPING FOR asciiword WITH app.simple_words;


ALTER TEXT SEARCH CONFIGURATION app.words OWNER TO postgres;

--
-- TOC entry 2608 (class 2328 OID 17485)
-- Name: odd_wrapper; Type: FOREIGN DATA WRAPPER; Schema: -; Owner: postgres
--

CREATE FOREIGN DATA WRAPPER odd_wrapper OPTIONS (
    debug 'canary-wrapper-option'
);


ALTER FOREIGN DATA WRAPPER odd_wrapper OWNER TO postgres;

--
-- TOC entry 2609 (class 1417 OID 17486)
-- Name: other; Type: SERVER; Schema: -; Owner: postgres
--

CREATE SERVER other TYPE 'kind' VERSION '1' FOREIGN DATA WRAPPER postgres_fdw OPTIONS (
    dbname 'canary;dbname',
    host 'canary-host',
    port '5432'
);


ALTER SERVER other OWNER TO postgres;

--
-- TOC entry 4025 (class 0 OID 0)
-- Name: USER MAPPING postgres SERVER other; Type: USER MAPPING; Schema: -; Owner: postgres
--

CREATE USER MAPPING FOR postgres SERVER other OPTIONS (
    password 'canary-password',
    "user" 'canary-user'
);


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- TOC entry 226 (class 1259 OID 17370)
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
-- TOC entry 228 (class 1259 OID 17378)
-- Name: cache; Type: TABLE; Schema: app; Owner: decant_reader
--

CREATE UNLOGGED TABLE app.cache (
    k text NOT NULL,
    v bytea
);


ALTER TABLE app.cache OWNER TO decant_reader;

--
-- TOC entry 229 (class 1259 OID 17385)
-- Name: parent; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.parent (
    a integer,
    b text
)
WITH (fillfactor='70');


ALTER TABLE app.parent OWNER TO postgres;

--
-- TOC entry 230 (class 1259 OID 17390)
-- Name: child; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.child (
    c integer
)
INHERITS (app.parent);


ALTER TABLE app.child OWNER TO postgres;

--
-- TOC entry 239 (class 1259 OID 17462)
-- Name: circular; Type: VIEW; Schema: app; Owner: postgres
--

CREATE VIEW app.circular AS
SELECT
    NULL::integer AS key,
    NULL::text AS value;


ALTER TABLE app.circular OWNER TO postgres;

--
-- TOC entry 240 (class 1259 OID 17466)
-- Name: circular_two; Type: VIEW; Schema: app; Owner: postgres
--

CREATE VIEW app.circular_two AS
 SELECT circular.key,
    circular.value
   FROM app.circular;


ALTER TABLE app.circular_two OWNER TO postgres;

--
-- TOC entry 231 (class 1259 OID 17395)
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
-- TOC entry 232 (class 1259 OID 17398)
-- Name: events_2025; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.events_2025 (
    id integer NOT NULL,
    at date NOT NULL,
    body text
);


ALTER TABLE app.events_2025 OWNER TO postgres;

--
-- TOC entry 233 (class 1259 OID 17403)
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
-- TOC entry 234 (class 1259 OID 17406)
-- Name: events_rest_1; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.events_rest_1 (
    id integer NOT NULL,
    at date NOT NULL,
    body text
);


ALTER TABLE app.events_rest_1 OWNER TO postgres;

--
-- TOC entry 222 (class 1259 OID 17348)
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
-- TOC entry 4034 (class 0 OID 0)
-- Dependencies: 222
-- Name: TABLE users; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON TABLE app.users IS 'people; -- not a comment
/* nor this';


--
-- TOC entry 4035 (class 0 OID 0)
-- Dependencies: 222
-- Name: COLUMN users.name; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON COLUMN app.users.name IS 'U&''x'' $$ ';


--
-- TOC entry 237 (class 1259 OID 17453)
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
-- TOC entry 4037 (class 0 OID 0)
-- Dependencies: 237
-- Name: VIEW happy; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON VIEW app.happy IS 'view';


--
-- TOC entry 225 (class 1259 OID 17367)
-- Name: no_columns; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.no_columns (
);


ALTER TABLE app.no_columns OWNER TO postgres;

--
-- TOC entry 235 (class 1259 OID 17411)
-- Name: of_type; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.of_type OF app.pair;


ALTER TABLE app.of_type OWNER TO postgres;

--
-- TOC entry 224 (class 1259 OID 17358)
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
-- TOC entry 223 (class 1259 OID 17357)
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
-- TOC entry 4043 (class 0 OID 0)
-- Dependencies: 223
-- Name: order_seq; Type: SEQUENCE OWNED BY; Schema: app; Owner: postgres
--

ALTER SEQUENCE app.order_seq OWNED BY app.orders.id;


--
-- TOC entry 4044 (class 0 OID 0)
-- Dependencies: 223
-- Name: SEQUENCE order_seq; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON SEQUENCE app.order_seq IS 'sequence';


--
-- TOC entry 242 (class 1259 OID 17488)
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
-- TOC entry 236 (class 1259 OID 17416)
-- Name: settings; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.settings (
    id integer,
    body text
);


ALTER TABLE app.settings OWNER TO postgres;

SET default_table_access_method = heap;

--
-- TOC entry 241 (class 1259 OID 17471)
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
-- TOC entry 221 (class 1259 OID 17347)
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
-- TOC entry 227 (class 1259 OID 17375)
-- Name: x; Type: TABLE DATA; Schema: public; Owner: canary-owner; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public."x; Type: TABLE DATA; Schema: public; Owner: canary-owner" (
    a integer
);


ALTER TABLE public."x; Type: TABLE DATA; Schema: public; Owner: canary-owner" OWNER TO postgres;

--
-- TOC entry 3780 (class 0 OID 0)
-- Name: events_2025; Type: TABLE ATTACH; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.events ATTACH PARTITION app.events_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');


--
-- TOC entry 3781 (class 0 OID 0)
-- Name: events_rest; Type: TABLE ATTACH; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.events ATTACH PARTITION app.events_rest DEFAULT;


--
-- TOC entry 3782 (class 0 OID 0)
-- Name: events_rest_1; Type: TABLE ATTACH; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.events_rest ATTACH PARTITION app.events_rest_1 FOR VALUES IN (1, 2);


--
-- TOC entry 3788 (class 2604 OID 17470)
-- Name: happy name; Type: DEFAULT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.happy ALTER COLUMN name SET DEFAULT 'anna; b'::text;


--
-- TOC entry 3787 (class 2604 OID 17361)
-- Name: orders id; Type: DEFAULT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.orders ALTER COLUMN id SET DEFAULT nextval('app.order_seq'::regclass);


--
-- TOC entry 4005 (class 2613 OID 70001)
-- Name: 70001; Type: BLOB; Schema: -; Owner: decant_reader
--

SELECT pg_catalog.lo_create('70001');


ALTER LARGE OBJECT 70001 OWNER TO decant_reader;

--
-- TOC entry 4048 (class 0 OID 0)
-- Dependencies: 4005
-- Name: LARGE OBJECT 70001; Type: COMMENT; Schema: -; Owner: decant_reader
--

COMMENT ON LARGE OBJECT 70001 IS 'large; object';


--
-- TOC entry 4004 (class 2613 OID 70002)
-- Name: 70002; Type: BLOB; Schema: -; Owner: postgres
--

SELECT pg_catalog.lo_create('70002');


ALTER LARGE OBJECT 70002 OWNER TO postgres;

--
-- TOC entry 3994 (class 0 OID 17370)
-- Dependencies: 226
-- Data for Name: Se;lect two "lines" \! touch /nothing; Type: TABLE DATA; Schema: Odd Schema;; Owner: postgres
--

COPY "Odd Schema;"."Se;lect
two ""lines""
\! touch /nothing" ("from", "a;b", "new
line", "x\.y") FROM stdin;
1	a;b	x\n\\.\n	\\.
\.


--
-- TOC entry 3996 (class 0 OID 17378)
-- Dependencies: 228
-- Data for Name: cache; Type: TABLE DATA; Schema: app; Owner: decant_reader
--

COPY app.cache (k, v) FROM stdin;
k	\\xdeadbeef
\.


--
-- TOC entry 3998 (class 0 OID 17390)
-- Dependencies: 230
-- Data for Name: child; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.child (a, b, c) FROM stdin;
2	c	3
\.


--
-- TOC entry 3999 (class 0 OID 17398)
-- Dependencies: 232
-- Data for Name: events_2025; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.events_2025 (id, at, body) FROM stdin;
1	2025-05-05	may
\.


--
-- TOC entry 4000 (class 0 OID 17406)
-- Dependencies: 234
-- Data for Name: events_rest_1; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.events_rest_1 (id, at, body) FROM stdin;
1	2027-01-01	later
\.


--
-- TOC entry 3993 (class 0 OID 17367)
-- Dependencies: 225
-- Data for Name: no_columns; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.no_columns  FROM stdin;


\.


--
-- TOC entry 4001 (class 0 OID 17411)
-- Dependencies: 235
-- Data for Name: of_type; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.of_type (left_side, "right;side") FROM stdin;
\.


--
-- TOC entry 3992 (class 0 OID 17358)
-- Dependencies: 224
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
-- TOC entry 3997 (class 0 OID 17385)
-- Dependencies: 229
-- Data for Name: parent; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.parent (a, b) FROM stdin;
1	p
\.


--
-- TOC entry 4002 (class 0 OID 17416)
-- Dependencies: 236
-- Data for Name: settings; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.settings (id, body) FROM stdin;
1	body
\.


--
-- TOC entry 3990 (class 0 OID 17348)
-- Dependencies: 222
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
-- TOC entry 3995 (class 0 OID 17375)
-- Dependencies: 227
-- Data for Name: x; Type: TABLE DATA; Schema: public; Owner: canary-owner; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public."x; Type: TABLE DATA; Schema: public; Owner: canary-owner" (a) FROM stdin;
1
\N
\.


--
-- TOC entry 4049 (class 0 OID 0)
-- Dependencies: 223
-- Name: order_seq; Type: SEQUENCE SET; Schema: app; Owner: postgres
--

SELECT pg_catalog.setval('app.order_seq', 555, true);


--
-- TOC entry 4050 (class 0 OID 0)
-- Dependencies: 221
-- Name: users_id_seq; Type: SEQUENCE SET; Schema: app; Owner: postgres
--

SELECT pg_catalog.setval('app.users_id_seq', 5, true);


--
-- TOC entry 4006 (class 0 OID 0)
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
-- TOC entry 3808 (class 2606 OID 17384)
-- Name: cache cache_pkey; Type: CONSTRAINT; Schema: app; Owner: decant_reader
--

ALTER TABLE ONLY app.cache
    ADD CONSTRAINT cache_pkey PRIMARY KEY (k);


--
-- TOC entry 3811 (class 2606 OID 17434)
-- Name: events events_pkey; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (id, at);


--
-- TOC entry 3814 (class 2606 OID 17436)
-- Name: events_2025 events_2025_pkey; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.events_2025
    ADD CONSTRAINT events_2025_pkey PRIMARY KEY (id, at);


--
-- TOC entry 3817 (class 2606 OID 17438)
-- Name: events_rest events_rest_pkey; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.events_rest
    ADD CONSTRAINT events_rest_pkey PRIMARY KEY (id, at);


--
-- TOC entry 3820 (class 2606 OID 17440)
-- Name: events_rest_1 events_rest_1_pkey; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.events_rest_1
    ADD CONSTRAINT events_rest_1_pkey PRIMARY KEY (id, at);


--
-- TOC entry 3791 (class 2606 OID 17432)
-- Name: orders late_check; Type: CHECK CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE app.orders
    ADD CONSTRAINT late_check CHECK ((note <> 'x;'::text)) NOT VALID;


--
-- TOC entry 3804 (class 2606 OID 17431)
-- Name: orders orders_during; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.orders
    ADD CONSTRAINT orders_during EXCLUDE USING gist (user_id WITH =, during WITH &&);


--
-- TOC entry 3806 (class 2606 OID 17366)
-- Name: orders orders_pkey; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.orders
    ADD CONSTRAINT orders_pkey PRIMARY KEY (id);


--
-- TOC entry 1230 (class 2606 OID 17321)
-- Name: late positive; Type: CHECK CONSTRAINT; Schema: app; Owner: postgres
--

ALTER DOMAIN app.late
    ADD CONSTRAINT positive CHECK ((VALUE > 0)) NOT VALID;


--
-- TOC entry 3793 (class 2606 OID 17424)
-- Name: users users_email_key; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.users
    ADD CONSTRAINT users_email_key UNIQUE (email);


--
-- TOC entry 3799 (class 2606 OID 17422)
-- Name: users users_pkey; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

ALTER TABLE app.users CLUSTER ON users_pkey;


--
-- TOC entry 4051 (class 0 OID 0)
-- Dependencies: 3799
-- Name: CONSTRAINT users_pkey ON users; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON CONSTRAINT users_pkey ON app.users IS 'key';


--
-- TOC entry 3809 (class 1259 OID 17447)
-- Name: events_body; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX events_body ON ONLY app.events USING btree (body);


--
-- TOC entry 3812 (class 1259 OID 17448)
-- Name: events_2025_body_idx; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX events_2025_body_idx ON app.events_2025 USING btree (body);


--
-- TOC entry 3815 (class 1259 OID 17449)
-- Name: events_rest_body_idx; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX events_rest_body_idx ON ONLY app.events_rest USING btree (body);


--
-- TOC entry 3818 (class 1259 OID 17450)
-- Name: events_rest_1_body_idx; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX events_rest_1_body_idx ON app.events_rest_1 USING btree (body);


--
-- TOC entry 3802 (class 1259 OID 17451)
-- Name: orders_array; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX orders_array ON app.orders USING gist (during);


--
-- TOC entry 3821 (class 1259 OID 17475)
-- Name: summary_mood; Type: INDEX; Schema: app; Owner: postgres
--

CREATE UNIQUE INDEX summary_mood ON app.summary USING btree (mood);


--
-- TOC entry 3794 (class 1259 OID 17444)
-- Name: users_expression; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX users_expression ON app.users USING btree (((id + 1)));
ALTER INDEX app.users_expression ALTER COLUMN 1 SET STATISTICS 300;


--
-- TOC entry 3795 (class 1259 OID 17443)
-- Name: users_lower; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX users_lower ON app.users USING btree (lower(name));


--
-- TOC entry 3796 (class 1259 OID 17441)
-- Name: users_name; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX users_name ON app.users USING btree (name COLLATE "de-x-icu" text_pattern_ops DESC NULLS LAST, born) INCLUDE (mood) WITH (fillfactor='80');


--
-- TOC entry 4052 (class 0 OID 0)
-- Dependencies: 3796
-- Name: INDEX users_name; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON INDEX app.users_name IS 'index';


--
-- TOC entry 3797 (class 1259 OID 17445)
-- Name: users_partial; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX users_partial ON app.users USING btree (born) WHERE (id > 5);


--
-- TOC entry 3800 (class 1259 OID 17446)
-- Name: users_tags; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX users_tags ON app.users USING gin (tags);


--
-- TOC entry 3801 (class 1259 OID 17442)
-- Name: users_unique; Type: INDEX; Schema: app; Owner: postgres
--

CREATE UNIQUE INDEX users_unique ON app.users USING btree (name, born) WHERE (name <> 'x'::text);


--
-- TOC entry 3822 (class 0 OID 0)
-- Name: events_2025_body_idx; Type: INDEX ATTACH; Schema: app; Owner: postgres
--

ALTER INDEX app.events_body ATTACH PARTITION app.events_2025_body_idx;


--
-- TOC entry 3823 (class 0 OID 0)
-- Name: events_2025_pkey; Type: INDEX ATTACH; Schema: app; Owner: postgres
--

ALTER INDEX app.events_pkey ATTACH PARTITION app.events_2025_pkey;


--
-- TOC entry 3826 (class 0 OID 0)
-- Name: events_rest_1_body_idx; Type: INDEX ATTACH; Schema: app; Owner: postgres
--

ALTER INDEX app.events_rest_body_idx ATTACH PARTITION app.events_rest_1_body_idx;


--
-- TOC entry 3827 (class 0 OID 0)
-- Name: events_rest_1_pkey; Type: INDEX ATTACH; Schema: app; Owner: postgres
--

ALTER INDEX app.events_rest_pkey ATTACH PARTITION app.events_rest_1_pkey;


--
-- TOC entry 3824 (class 0 OID 0)
-- Name: events_rest_body_idx; Type: INDEX ATTACH; Schema: app; Owner: postgres
--

ALTER INDEX app.events_body ATTACH PARTITION app.events_rest_body_idx;


--
-- TOC entry 3825 (class 0 OID 0)
-- Name: events_rest_pkey; Type: INDEX ATTACH; Schema: app; Owner: postgres
--

ALTER INDEX app.events_pkey ATTACH PARTITION app.events_rest_pkey;


--
-- TOC entry 3828 (class 3381 OID 17452)
-- Name: users_statistics; Type: STATISTICS; Schema: app; Owner: postgres
--

CREATE STATISTICS app.users_statistics (dependencies) ON name, born FROM app.users;
ALTER STATISTICS app.users_statistics SET STATISTICS 200;


ALTER STATISTICS app.users_statistics OWNER TO postgres;

--
-- TOC entry 3976 (class 2618 OID 17465)
-- Name: circular _RETURN; Type: RULE; Schema: app; Owner: postgres
--

CREATE OR REPLACE VIEW app.circular AS
 SELECT circular_two.key,
    circular_two.value
   FROM app.circular_two
  WHERE (circular_two.key > 0);


--
-- TOC entry 3975 (class 2618 OID 17460)
-- Name: grouped _RETURN; Type: RULE; Schema: app; Owner: postgres
--

CREATE OR REPLACE VIEW app.grouped AS
 SELECT users.id,
    users.name,
    count(*) AS n
   FROM app.users
  GROUP BY users.id;


--
-- TOC entry 3979 (class 2618 OID 17476)
-- Name: orders orders_log; Type: RULE; Schema: app; Owner: postgres
--

CREATE RULE orders_log AS
    ON DELETE TO app.orders DO ( INSERT INTO app.no_columns DEFAULT VALUES;
 UPDATE app.users SET name = 'x;)'::text
  WHERE false;
);


--
-- TOC entry 3830 (class 2620 OID 17479)
-- Name: users users_late; Type: TRIGGER; Schema: app; Owner: postgres
--

CREATE CONSTRAINT TRIGGER users_late AFTER INSERT ON app.users DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.touch();
ALTER TRIGGER users_late ON app.users DEPENDS ON EXTENSION hstore;


--
-- TOC entry 3831 (class 2620 OID 17478)
-- Name: users users_touch; Type: TRIGGER; Schema: app; Owner: postgres
--

CREATE TRIGGER users_touch BEFORE UPDATE ON app.users FOR EACH ROW WHEN ((old.name <> 'a;b'::text)) EXECUTE FUNCTION app.touch('arg; one');

ALTER TABLE app.users DISABLE TRIGGER users_touch;


--
-- TOC entry 4053 (class 0 OID 0)
-- Dependencies: 3831
-- Name: TRIGGER users_touch ON users; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON TRIGGER users_touch ON app.users IS 'trigger';


--
-- TOC entry 3829 (class 2606 OID 17425)
-- Name: orders orders_user; Type: FK CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.orders
    ADD CONSTRAINT orders_user FOREIGN KEY (user_id) REFERENCES app.users(id) ON DELETE CASCADE;


--
-- TOC entry 3982 (class 3256 OID 17482)
-- Name: orders all_rows; Type: POLICY; Schema: app; Owner: postgres
--

CREATE POLICY all_rows ON app.orders FOR INSERT WITH CHECK ((amount < (1000)::numeric));


--
-- TOC entry 3981 (class 3256 OID 17481)
-- Name: users own_rows; Type: POLICY; Schema: app; Owner: postgres
--

CREATE POLICY own_rows ON app.users AS RESTRICTIVE FOR SELECT TO decant_reader USING ((name <> 'to; public'::text));


--
-- TOC entry 4054 (class 0 OID 0)
-- Dependencies: 3981
-- Name: POLICY own_rows ON users; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON POLICY own_rows ON app.users IS 'policy';


--
-- TOC entry 3980 (class 0 OID 17348)
-- Dependencies: 222
-- Name: users; Type: ROW SECURITY; Schema: app; Owner: postgres
--

ALTER TABLE app.users ENABLE ROW LEVEL SECURITY;

--
-- TOC entry 3985 (class 6104 OID 17495)
-- Name: by_schema; Type: PUBLICATION; Schema: -; Owner: postgres
--

CREATE PUBLICATION by_schema WITH (publish = 'insert, update, delete, truncate');


ALTER PUBLICATION by_schema OWNER TO postgres;

--
-- TOC entry 3983 (class 6104 OID 17492)
-- Name: everything; Type: PUBLICATION; Schema: -; Owner: postgres
--

CREATE PUBLICATION everything FOR ALL TABLES WITH (publish = 'insert, update, delete, truncate');


ALTER PUBLICATION everything OWNER TO postgres;

--
-- TOC entry 3984 (class 6104 OID 17493)
-- Name: partly; Type: PUBLICATION; Schema: -; Owner: postgres
--

CREATE PUBLICATION partly WITH (publish = 'insert, update, delete, truncate');


ALTER PUBLICATION partly OWNER TO postgres;

--
-- TOC entry 4055 (class 0 OID 0)
-- Dependencies: 3984
-- Name: PUBLICATION partly; Type: COMMENT; Schema: -; Owner: postgres
--

COMMENT ON PUBLICATION partly IS 'canary-publication-comment';


--
-- TOC entry 3986 (class 6106 OID 17494)
-- Name: partly users; Type: PUBLICATION TABLE; Schema: app; Owner: postgres
--

ALTER PUBLICATION partly ADD TABLE ONLY app.users (id, name) WHERE ((id > 424242));


--
-- TOC entry 3987 (class 6237 OID 17496)
-- Name: by_schema Odd Schema;; Type: PUBLICATION TABLES IN SCHEMA; Schema: Odd Schema;; Owner: postgres
--

ALTER PUBLICATION by_schema ADD TABLES IN SCHEMA "Odd Schema;";


--
-- TOC entry 3988 (class 6100 OID 17497)
-- Name: incoming; Type: SUBSCRIPTION; Schema: -; Owner: postgres
--

CREATE SUBSCRIPTION incoming CONNECTION 'host=canary-subscription password=canary-secret' PUBLICATION p WITH (connect = false, slot_name = NONE);


ALTER SUBSCRIPTION incoming OWNER TO postgres;

--
-- TOC entry 4023 (class 0 OID 0)
-- Dependencies: 570
-- Name: FUNCTION fake_block(); Type: ACL; Schema: app; Owner: postgres
--

REVOKE ALL ON FUNCTION app.fake_block() FROM PUBLIC;


--
-- TOC entry 4024 (class 0 OID 0)
-- Dependencies: 238
-- Name: TABLE grouped; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.grouped TO decant_reader;


--
-- TOC entry 4026 (class 0 OID 0)
-- Dependencies: 229
-- Name: TABLE parent; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.parent TO decant_reader;


--
-- TOC entry 4027 (class 0 OID 0)
-- Dependencies: 230
-- Name: TABLE child; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.child TO decant_reader;


--
-- TOC entry 4028 (class 0 OID 0)
-- Dependencies: 239
-- Name: TABLE circular; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.circular TO decant_reader;


--
-- TOC entry 4029 (class 0 OID 0)
-- Dependencies: 240
-- Name: TABLE circular_two; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.circular_two TO decant_reader;


--
-- TOC entry 4030 (class 0 OID 0)
-- Dependencies: 231
-- Name: TABLE events; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.events TO decant_reader;


--
-- TOC entry 4031 (class 0 OID 0)
-- Dependencies: 232
-- Name: TABLE events_2025; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.events_2025 TO decant_reader;


--
-- TOC entry 4032 (class 0 OID 0)
-- Dependencies: 233
-- Name: TABLE events_rest; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.events_rest TO decant_reader;


--
-- TOC entry 4033 (class 0 OID 0)
-- Dependencies: 234
-- Name: TABLE events_rest_1; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.events_rest_1 TO decant_reader;


--
-- TOC entry 4036 (class 0 OID 0)
-- Dependencies: 222
-- Name: TABLE users; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT,INSERT ON TABLE app.users TO decant_reader WITH GRANT OPTION;


--
-- TOC entry 4038 (class 0 OID 0)
-- Dependencies: 237
-- Name: TABLE happy; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.happy TO decant_reader;


--
-- TOC entry 4039 (class 0 OID 0)
-- Dependencies: 225
-- Name: TABLE no_columns; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.no_columns TO decant_reader;


--
-- TOC entry 4040 (class 0 OID 0)
-- Dependencies: 235
-- Name: TABLE of_type; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.of_type TO decant_reader;


--
-- TOC entry 4041 (class 0 OID 0)
-- Dependencies: 224
-- Name: TABLE orders; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.orders TO decant_reader;


--
-- TOC entry 4042 (class 0 OID 0)
-- Dependencies: 224 4041
-- Name: COLUMN orders.id; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT(id) ON TABLE app.orders TO decant_reader;


--
-- TOC entry 4045 (class 0 OID 0)
-- Dependencies: 242
-- Name: TABLE remote; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.remote TO decant_reader;


--
-- TOC entry 4046 (class 0 OID 0)
-- Dependencies: 236
-- Name: TABLE settings; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.settings TO decant_reader;


--
-- TOC entry 4047 (class 0 OID 0)
-- Dependencies: 241
-- Name: TABLE summary; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.summary TO decant_reader;


--
-- TOC entry 2610 (class 826 OID 17295)
-- Name: DEFAULT PRIVILEGES FOR TABLES; Type: DEFAULT ACL; Schema: app; Owner: postgres
--

ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA app GRANT SELECT ON TABLES  TO decant_reader;


--
-- TOC entry 3779 (class 3466 OID 17484)
-- Name: odd_event; Type: EVENT TRIGGER; Schema: -; Owner: postgres
--

CREATE EVENT TRIGGER odd_event ON ddl_command_start
   EXECUTE FUNCTION app.on_ddl();

ALTER EVENT TRIGGER odd_event DISABLE;


ALTER EVENT TRIGGER odd_event OWNER TO postgres;

--
-- TOC entry 4056 (class 0 OID 0)
-- Dependencies: 3779
-- Name: EVENT TRIGGER odd_event; Type: COMMENT; Schema: -; Owner: postgres
--

COMMENT ON EVENT TRIGGER odd_event IS 'canary-event-comment';


--
-- TOC entry 4003 (class 0 OID 17471)
-- Dependencies: 241 4008
-- Name: summary; Type: MATERIALIZED VIEW DATA; Schema: app; Owner: postgres
--

REFRESH MATERIALIZED VIEW app.summary;


-- Completed on 2026-11-21 09:21:56 UTC

--
-- PostgreSQL database dump complete
--

\unrestrict LuRTLCdfuuc8vbC7sVsd3hQm6y9BPT4YtJ8r8m1ZwZwob3BgPRfbhs5w2UzttB1

