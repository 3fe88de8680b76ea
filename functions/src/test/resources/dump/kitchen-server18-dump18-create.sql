--
-- PostgreSQL database dump
--

\restrict oE7Tpd6WpkojWDecDSpGxYjfTD0nffMazwqcUbVjXpGCep3rCNduQCWfDeiDR1O

-- Dumped from database version 18.6
-- Dumped by pg_dump version 18.6 (Debian 18.6-3)

-- Started on 2026-11-21 09:22:14 UTC

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- TOC entry 3991 (class 1262 OID 16385)
-- Name: kitchen; Type: DATABASE; Schema: -; Owner: postgres
--

CREATE DATABASE kitchen WITH TEMPLATE = template0 ENCODING = 'UTF8' LOCALE_PROVIDER = libc LOCALE = 'C';


ALTER DATABASE kitchen OWNER TO postgres;

\unrestrict oE7Tpd6WpkojWDecDSpGxYjfTD0nffMazwqcUbVjXpGCep3rCNduQCWfDeiDR1O
\connect kitchen
\restrict oE7Tpd6WpkojWDecDSpGxYjfTD0nffMazwqcUbVjXpGCep3rCNduQCWfDeiDR1O

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- TOC entry 3992 (class 0 OID 0)
-- Dependencies: 3991
-- Name: DATABASE kitchen; Type: COMMENT; Schema: -; Owner: postgres
--

COMMENT ON DATABASE kitchen IS 'canary-database-comment';


--
-- TOC entry 3993 (class 0 OID 0)
-- Name: kitchen; Type: DATABASE PROPERTIES; Schema: -; Owner: postgres
--

ALTER DATABASE kitchen SET "app.api_key" TO 'canary-api-key';
ALTER ROLE decant_reader IN DATABASE kitchen SET work_mem TO '64MB';


\unrestrict oE7Tpd6WpkojWDecDSpGxYjfTD0nffMazwqcUbVjXpGCep3rCNduQCWfDeiDR1O
\connect kitchen
\restrict oE7Tpd6WpkojWDecDSpGxYjfTD0nffMazwqcUbVjXpGCep3rCNduQCWfDeiDR1O

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
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
-- TOC entry 3994 (class 0 OID 0)
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
-- TOC entry 3381 (class 3456 OID 17401)
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
-- TOC entry 3995 (class 0 OID 0)
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
-- TOC entry 3996 (class 0 OID 0)
-- Dependencies: 2
-- Name: EXTENSION hstore; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION hstore IS 'data type for storing sets of (key, value) pairs';


--
-- TOC entry 5 (class 3079 OID 17250)
-- Name: intarray; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS intarray WITH SCHEMA public;


--
-- TOC entry 3997 (class 0 OID 0)
-- Dependencies: 5
-- Name: EXTENSION intarray; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION intarray IS 'functions, operators, and index support for 1-D arrays of integers';


--
-- TOC entry 4 (class 3079 OID 17242)
-- Name: postgres_fdw; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS postgres_fdw WITH SCHEMA public;


--
-- TOC entry 3998 (class 0 OID 0)
-- Dependencies: 4
-- Name: EXTENSION postgres_fdw; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION postgres_fdw IS 'foreign-data wrapper for remote PostgreSQL servers';


--
-- TOC entry 1249 (class 1247 OID 17387)
-- Name: float_range; Type: TYPE; Schema: app; Owner: postgres
--

CREATE TYPE app.float_range AS RANGE (
    subtype = double precision,
    multirange_type_name = app.float_multirange
);


ALTER TYPE app.float_range OWNER TO postgres;

--
-- TOC entry 1260 (class 1247 OID 17398)
-- Name: late; Type: DOMAIN; Schema: app; Owner: postgres
--

CREATE DOMAIN app.late AS integer;


ALTER DOMAIN app.late OWNER TO postgres;

--
-- TOC entry 1243 (class 1247 OID 17374)
-- Name: mood; Type: TYPE; Schema: app; Owner: postgres
--

CREATE TYPE app.mood AS ENUM (
    'happy',
    'so; so',
    'it''s \ odd'
);


ALTER TYPE app.mood OWNER TO postgres;

--
-- TOC entry 3999 (class 0 OID 0)
-- Dependencies: 1243
-- Name: TYPE mood; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON TYPE app.mood IS 'type';


--
-- TOC entry 1246 (class 1247 OID 17383)
-- Name: pair; Type: TYPE; Schema: app; Owner: postgres
--

CREATE TYPE app.pair AS (
	left_side integer,
	"right;side" text
);


ALTER TYPE app.pair OWNER TO postgres;

--
-- TOC entry 1264 (class 1247 OID 17400)
-- Name: shell; Type: TYPE; Schema: app; Owner: postgres
--

CREATE TYPE app.shell;


ALTER TYPE app.shell OWNER TO postgres;

--
-- TOC entry 1256 (class 1247 OID 17395)
-- Name: short_text; Type: DOMAIN; Schema: app; Owner: postgres
--

CREATE DOMAIN app.short_text AS text DEFAULT 'none'::text
	CONSTRAINT short CHECK ((length(VALUE) < 100));


ALTER DOMAIN app.short_text OWNER TO postgres;

--
-- TOC entry 4000 (class 0 OID 0)
-- Dependencies: 1256
-- Name: DOMAIN short_text; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON DOMAIN app.short_text IS 'domain';


--
-- TOC entry 449 (class 1255 OID 17419)
-- Name: pair_of(integer); Type: FUNCTION; Schema: app; Owner: postgres
--

CREATE FUNCTION app.pair_of(integer) RETURNS app.pair
    LANGUAGE sql IMMUTABLE
    AS $_$SELECT ROW($1, NULL)::app.pair$_$;


ALTER FUNCTION app.pair_of(integer) OWNER TO postgres;

--
-- TOC entry 3585 (class 2605 OID 17420)
-- Name: CAST (integer AS app.pair); Type: CAST; Schema: -; Owner: -
--

CREATE CAST (integer AS app.pair) WITH FUNCTION app.pair_of(integer);


--
-- TOC entry 405 (class 1255 OID 17403)
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
-- TOC entry 4001 (class 0 OID 0)
-- Dependencies: 405
-- Name: FUNCTION atomic(a integer, b integer); Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON FUNCTION app.atomic(a integer, b integer) IS 'x';


--
-- TOC entry 262 (class 1255 OID 17404)
-- Name: atomic_procedure(); Type: PROCEDURE; Schema: app; Owner: postgres
--

CREATE PROCEDURE app.atomic_procedure()
    LANGUAGE sql
    BEGIN ATOMIC
 SELECT 1;
END;


ALTER PROCEDURE app.atomic_procedure() OWNER TO postgres;

--
-- TOC entry 381 (class 1255 OID 17405)
-- Name: begin; "end"(text); Type: FUNCTION; Schema: app; Owner: postgres
--

CREATE FUNCTION app."begin; ""end"""(text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $_$SELECT $1 || E'\';'$_$;


ALTER FUNCTION app."begin; ""end"""(text) OWNER TO postgres;

--
-- TOC entry 369 (class 1255 OID 17402)
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
-- TOC entry 243 (class 1259 OID 17547)
-- Name: grouped; Type: VIEW; Schema: app; Owner: postgres
--

CREATE VIEW app.grouped AS
SELECT
    NULL::bigint AS id,
    NULL::text AS name,
    NULL::bigint AS n;


ALTER VIEW app.grouped OWNER TO postgres;

--
-- TOC entry 428 (class 1255 OID 17551)
-- Name: from_view(app.grouped); Type: FUNCTION; Schema: app; Owner: postgres
--

CREATE FUNCTION app.from_view(app.grouped) RETURNS text
    LANGUAGE sql
    AS $_$SELECT $1.name$_$;


ALTER FUNCTION app.from_view(app.grouped) OWNER TO postgres;

--
-- TOC entry 308 (class 1255 OID 17408)
-- Name: is_near(app.pair, app.pair); Type: FUNCTION; Schema: app; Owner: postgres
--

CREATE FUNCTION app.is_near(app.pair, app.pair) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $_$SELECT $1.left_side = $2.left_side$_$;


ALTER FUNCTION app.is_near(app.pair, app.pair) OWNER TO postgres;

--
-- TOC entry 269 (class 1255 OID 17576)
-- Name: on_ddl(); Type: FUNCTION; Schema: app; Owner: postgres
--

CREATE FUNCTION app.on_ddl() RETURNS event_trigger
    LANGUAGE plpgsql
    AS $$BEGIN END$$;


ALTER FUNCTION app.on_ddl() OWNER TO postgres;

--
-- TOC entry 439 (class 1255 OID 17406)
-- Name: sum_step(integer, integer); Type: FUNCTION; Schema: app; Owner: postgres
--

CREATE FUNCTION app.sum_step(integer, integer) RETURNS integer
    LANGUAGE sql IMMUTABLE
    AS $_$SELECT $1 + $2$_$;


ALTER FUNCTION app.sum_step(integer, integer) OWNER TO postgres;

--
-- TOC entry 318 (class 1255 OID 17570)
-- Name: touch(); Type: FUNCTION; Schema: app; Owner: postgres
--

CREATE FUNCTION app.touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$BEGIN RETURN NEW; END$$;


ALTER FUNCTION app.touch() OWNER TO postgres;

--
-- TOC entry 1332 (class 1255 OID 17407)
-- Name: total(integer); Type: AGGREGATE; Schema: app; Owner: postgres
--

CREATE AGGREGATE app.total(integer) (
    SFUNC = app.sum_step,
    STYPE = integer,
    INITCOND = '0'
);


ALTER AGGREGATE app.total(integer) OWNER TO postgres;

--
-- TOC entry 2186 (class 2601 OID 17424)
-- Name: odd_heap; Type: ACCESS METHOD; Schema: -; Owner: -
--

CREATE ACCESS METHOD odd_heap TYPE TABLE HANDLER heap_tableam_handler;


--
-- TOC entry 2178 (class 2617 OID 17409)
-- Name: =~; Type: OPERATOR; Schema: app; Owner: postgres
--

CREATE OPERATOR app.=~ (
    FUNCTION = app.is_near,
    LEFTARG = app.pair,
    RIGHTARG = app.pair
);


ALTER OPERATOR app.=~ (app.pair, app.pair) OWNER TO postgres;

--
-- TOC entry 2577 (class 2753 OID 17410)
-- Name: odd_family; Type: OPERATOR FAMILY; Schema: app; Owner: postgres
--

CREATE OPERATOR FAMILY app.odd_family USING btree;
ALTER OPERATOR FAMILY app.odd_family USING btree ADD
    OPERATOR 1 <(integer,bigint);


ALTER OPERATOR FAMILY app.odd_family USING btree OWNER TO postgres;

--
-- TOC entry 2397 (class 2616 OID 17411)
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
-- TOC entry 3510 (class 2607 OID 17421)
-- Name: odd_conversion; Type: CONVERSION; Schema: app; Owner: postgres
--

CREATE CONVERSION app.odd_conversion FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;


ALTER CONVERSION app.odd_conversion OWNER TO postgres;

--
-- TOC entry 2614 (class 3600 OID 17422)
-- Name: simple_words; Type: TEXT SEARCH DICTIONARY; Schema: app; Owner: postgres
--

CREATE TEXT SEARCH DICTIONARY app.simple_words (
    TEMPLATE = pg_catalog.simple,
    stopwords = 'english' );


ALTER TEXT SEARCH DICTIONARY app.simple_words OWNER TO postgres;

--
-- TOC entry 2645 (class 3602 OID 17423)
-- Name: words; Type: TEXT SEARCH CONFIGURATION; Schema: app; Owner: postgres
--

CREATE TEXT SEARCH CONFIGURATION app.words (
    PARSER = pg_catalog."default" );

ALTER TEXT SEARCH CONFIGURATION app.words
    ADD MAPPING FOR asciiword WITH app.simple_words;


ALTER TEXT SEARCH CONFIGURATION app.words OWNER TO postgres;

--
-- TOC entry 2647 (class 2328 OID 17578)
-- Name: odd_wrapper; Type: FOREIGN DATA WRAPPER; Schema: -; Owner: postgres
--

CREATE FOREIGN DATA WRAPPER odd_wrapper OPTIONS (
    debug 'canary-wrapper-option'
);


ALTER FOREIGN DATA WRAPPER odd_wrapper OWNER TO postgres;

--
-- TOC entry 2648 (class 1417 OID 17579)
-- Name: other; Type: SERVER; Schema: -; Owner: postgres
--

CREATE SERVER other TYPE 'kind' VERSION '1' FOREIGN DATA WRAPPER postgres_fdw OPTIONS (
    dbname 'canary;dbname',
    host 'canary-host',
    port '5432'
);


ALTER SERVER other OWNER TO postgres;

--
-- TOC entry 4004 (class 0 OID 0)
-- Name: USER MAPPING postgres SERVER other; Type: USER MAPPING; Schema: -; Owner: postgres
--

CREATE USER MAPPING FOR postgres SERVER other OPTIONS (
    password 'canary-password',
    "user" 'canary-user'
);


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- TOC entry 231 (class 1259 OID 17451)
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
-- TOC entry 233 (class 1259 OID 17459)
-- Name: cache; Type: TABLE; Schema: app; Owner: decant_reader
--

CREATE UNLOGGED TABLE app.cache (
    k text NOT NULL,
    v bytea
);


ALTER TABLE app.cache OWNER TO decant_reader;

--
-- TOC entry 234 (class 1259 OID 17467)
-- Name: parent; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.parent (
    a integer,
    b text
)
WITH (fillfactor='70');


ALTER TABLE app.parent OWNER TO postgres;

--
-- TOC entry 235 (class 1259 OID 17472)
-- Name: child; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.child (
    c integer
)
INHERITS (app.parent);


ALTER TABLE app.child OWNER TO postgres;

--
-- TOC entry 244 (class 1259 OID 17552)
-- Name: circular; Type: VIEW; Schema: app; Owner: postgres
--

CREATE VIEW app.circular AS
SELECT
    NULL::integer AS key,
    NULL::text AS value;


ALTER VIEW app.circular OWNER TO postgres;

--
-- TOC entry 245 (class 1259 OID 17556)
-- Name: circular_two; Type: VIEW; Schema: app; Owner: postgres
--

CREATE VIEW app.circular_two AS
 SELECT key,
    value
   FROM app.circular;


ALTER VIEW app.circular_two OWNER TO postgres;

--
-- TOC entry 236 (class 1259 OID 17477)
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
-- TOC entry 237 (class 1259 OID 17482)
-- Name: events_2025; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.events_2025 (
    id integer CONSTRAINT events_id_not_null NOT NULL,
    at date CONSTRAINT events_at_not_null NOT NULL,
    body text
);


ALTER TABLE app.events_2025 OWNER TO postgres;

--
-- TOC entry 238 (class 1259 OID 17489)
-- Name: events_rest; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.events_rest (
    id integer CONSTRAINT events_id_not_null NOT NULL,
    at date CONSTRAINT events_at_not_null NOT NULL,
    body text
)
PARTITION BY LIST (id);


ALTER TABLE app.events_rest OWNER TO postgres;

--
-- TOC entry 239 (class 1259 OID 17494)
-- Name: events_rest_1; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.events_rest_1 (
    id integer CONSTRAINT events_id_not_null NOT NULL,
    at date CONSTRAINT events_at_not_null NOT NULL,
    body text
);


ALTER TABLE app.events_rest_1 OWNER TO postgres;

--
-- TOC entry 227 (class 1259 OID 17426)
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
-- TOC entry 4013 (class 0 OID 0)
-- Dependencies: 227
-- Name: TABLE users; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON TABLE app.users IS 'people; -- not a comment
/* nor this';


--
-- TOC entry 4014 (class 0 OID 0)
-- Dependencies: 227
-- Name: COLUMN users.name; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON COLUMN app.users.name IS 'U&''x'' $$ ';


--
-- TOC entry 242 (class 1259 OID 17543)
-- Name: happy; Type: VIEW; Schema: app; Owner: postgres
--

CREATE VIEW app.happy AS
 SELECT id,
    name,
    'it''s; \'::text AS "q;"
   FROM app.users
  WHERE (mood = 'happy'::app.mood)
  WITH LOCAL CHECK OPTION;


ALTER VIEW app.happy OWNER TO postgres;

--
-- TOC entry 4016 (class 0 OID 0)
-- Dependencies: 242
-- Name: VIEW happy; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON VIEW app.happy IS 'view';


--
-- TOC entry 230 (class 1259 OID 17448)
-- Name: no_columns; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.no_columns (
);


ALTER TABLE app.no_columns OWNER TO postgres;

--
-- TOC entry 240 (class 1259 OID 17501)
-- Name: of_type; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.of_type OF app.pair;


ALTER TABLE app.of_type OWNER TO postgres;

--
-- TOC entry 248 (class 1259 OID 17596)
-- Name: only_18; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.only_18 (
    id integer NOT NULL,
    doubled integer GENERATED ALWAYS AS ((id * 2)),
    during daterange NOT NULL,
    checked integer
);


ALTER TABLE app.only_18 OWNER TO postgres;

--
-- TOC entry 229 (class 1259 OID 17438)
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
-- TOC entry 228 (class 1259 OID 17437)
-- Name: order_seq; Type: SEQUENCE; Schema: app; Owner: postgres
--

CREATE SEQUENCE app.order_seq
    START WITH 100
    INCREMENT BY 5
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE app.order_seq OWNER TO postgres;

--
-- TOC entry 4023 (class 0 OID 0)
-- Dependencies: 228
-- Name: order_seq; Type: SEQUENCE OWNED BY; Schema: app; Owner: postgres
--

ALTER SEQUENCE app.order_seq OWNED BY app.orders.id;


--
-- TOC entry 4024 (class 0 OID 0)
-- Dependencies: 228
-- Name: SEQUENCE order_seq; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON SEQUENCE app.order_seq IS 'sequence';


--
-- TOC entry 249 (class 1259 OID 17608)
-- Name: period_18; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.period_18 (
    id integer,
    during daterange
);


ALTER TABLE app.period_18 OWNER TO postgres;

--
-- TOC entry 247 (class 1259 OID 17581)
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
ALTER FOREIGN TABLE ONLY app.remote ALTER COLUMN id OPTIONS (
    column_name 'canary-column'
);


ALTER FOREIGN TABLE app.remote OWNER TO postgres;

SET default_table_access_method = odd_heap;

--
-- TOC entry 241 (class 1259 OID 17506)
-- Name: settings; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.settings (
    id integer,
    body text
);


ALTER TABLE app.settings OWNER TO postgres;

SET default_table_access_method = heap;

--
-- TOC entry 246 (class 1259 OID 17561)
-- Name: summary; Type: MATERIALIZED VIEW; Schema: app; Owner: postgres
--

CREATE MATERIALIZED VIEW app.summary AS
 SELECT mood,
    count(*) AS n
   FROM app.users
  GROUP BY mood
  WITH NO DATA;


ALTER MATERIALIZED VIEW app.summary OWNER TO postgres;

--
-- TOC entry 226 (class 1259 OID 17425)
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
-- TOC entry 232 (class 1259 OID 17456)
-- Name: x; Type: TABLE DATA; Schema: public; Owner: canary-owner; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public."x; Type: TABLE DATA; Schema: public; Owner: canary-owner" (
    a integer
);


ALTER TABLE public."x; Type: TABLE DATA; Schema: public; Owner: canary-owner" OWNER TO postgres;

--
-- TOC entry 3745 (class 0 OID 0)
-- Name: events_2025; Type: TABLE ATTACH; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.events ATTACH PARTITION app.events_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');


--
-- TOC entry 3746 (class 0 OID 0)
-- Name: events_rest; Type: TABLE ATTACH; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.events ATTACH PARTITION app.events_rest DEFAULT;


--
-- TOC entry 3747 (class 0 OID 0)
-- Name: events_rest_1; Type: TABLE ATTACH; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.events_rest ATTACH PARTITION app.events_rest_1 FOR VALUES IN (1, 2);


--
-- TOC entry 3753 (class 2604 OID 17560)
-- Name: happy name; Type: DEFAULT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.happy ALTER COLUMN name SET DEFAULT 'anna; b'::text;


--
-- TOC entry 3752 (class 2604 OID 17441)
-- Name: orders id; Type: DEFAULT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.orders ALTER COLUMN id SET DEFAULT nextval('app.order_seq'::regclass);


--
-- TOC entry 3970 (class 0 OID 17451)
-- Dependencies: 231
-- Data for Name: Se;lect two "lines" \! touch /nothing; Type: TABLE DATA; Schema: Odd Schema;; Owner: postgres
--

COPY "Odd Schema;"."Se;lect
two ""lines""
\! touch /nothing" ("from", "a;b", "new
line", "x\.y") FROM stdin;
1	a;b	x\n\\.\n	\\.
\.


--
-- TOC entry 3972 (class 0 OID 17459)
-- Dependencies: 233
-- Data for Name: cache; Type: TABLE DATA; Schema: app; Owner: decant_reader
--

COPY app.cache (k, v) FROM stdin;
k	\\xdeadbeef
\.


--
-- TOC entry 3974 (class 0 OID 17472)
-- Dependencies: 235
-- Data for Name: child; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.child (a, b, c) FROM stdin;
2	c	3
\.


--
-- TOC entry 3975 (class 0 OID 17482)
-- Dependencies: 237
-- Data for Name: events_2025; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.events_2025 (id, at, body) FROM stdin;
1	2025-05-05	may
\.


--
-- TOC entry 3976 (class 0 OID 17494)
-- Dependencies: 239
-- Data for Name: events_rest_1; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.events_rest_1 (id, at, body) FROM stdin;
1	2027-01-01	later
\.


--
-- TOC entry 3969 (class 0 OID 17448)
-- Dependencies: 230
-- Data for Name: no_columns; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.no_columns  FROM stdin;


\.


--
-- TOC entry 3977 (class 0 OID 17501)
-- Dependencies: 240
-- Data for Name: of_type; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.of_type (left_side, "right;side") FROM stdin;
\.


--
-- TOC entry 3980 (class 0 OID 17596)
-- Dependencies: 248
-- Data for Name: only_18; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.only_18 (id, during, checked) FROM stdin;
1	[2025-01-01,2025-02-01)	1
\.


--
-- TOC entry 3968 (class 0 OID 17438)
-- Dependencies: 229
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
-- TOC entry 3973 (class 0 OID 17467)
-- Dependencies: 234
-- Data for Name: parent; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.parent (a, b) FROM stdin;
1	p
\.


--
-- TOC entry 3981 (class 0 OID 17608)
-- Dependencies: 249
-- Data for Name: period_18; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.period_18 (id, during) FROM stdin;
\.


--
-- TOC entry 3978 (class 0 OID 17506)
-- Dependencies: 241
-- Data for Name: settings; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.settings (id, body) FROM stdin;
1	body
\.


--
-- TOC entry 3966 (class 0 OID 17426)
-- Dependencies: 227
-- Data for Name: users; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.users (id, name, email, mood, tags, extra, near, title, born) FROM stdin;
1	Anna	anna@example.com	happy	{a,"b \\"q\\" \\\\ c",NULL,"NULL"}	"k"=>"v, \\"q\\" x"	(1,"a ""q"" st,")	ok	2000-01-01
2	\\.	\\N	happy	{}	\N	\N	tab\there	2000-01-01
3	line one\nline two\n\\.\nline	back\\slash\\	happy	\N	\N	\N	\b\f\v\r	2000-01-01
4		empty@example.com	happy	\N	\N	\N	\N	2000-01-01
5	Zoë 漢字 😀	zoe@example.com	happy	\N	\N	\N	-- x	2000-01-01
\.


--
-- TOC entry 3971 (class 0 OID 17456)
-- Dependencies: 232
-- Data for Name: x; Type: TABLE DATA; Schema: public; Owner: canary-owner; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public."x; Type: TABLE DATA; Schema: public; Owner: canary-owner" (a) FROM stdin;
1
\N
\.


--
-- TOC entry 4029 (class 0 OID 0)
-- Dependencies: 228
-- Name: order_seq; Type: SEQUENCE SET; Schema: app; Owner: postgres
--

SELECT pg_catalog.setval('app.order_seq', 555, true);


--
-- TOC entry 4030 (class 0 OID 0)
-- Dependencies: 226
-- Name: users_id_seq; Type: SEQUENCE SET; Schema: app; Owner: postgres
--

SELECT pg_catalog.setval('app.users_id_seq', 5, true);


--
-- TOC entry 3984 (class 2613 OID 70001)
-- Name: 70001; Type: BLOB METADATA; Schema: -; Owner: decant_reader
--

SELECT pg_catalog.lo_create('70001');

ALTER LARGE OBJECT 70001 OWNER TO decant_reader;

--
-- TOC entry 4031 (class 0 OID 0)
-- Dependencies: 3984
-- Name: LARGE OBJECT 70001; Type: COMMENT; Schema: -; Owner: decant_reader
--

COMMENT ON LARGE OBJECT 70001 IS 'large; object';


--
-- TOC entry 3982 (class 2613 OID 70002)
-- Name: 70002; Type: BLOB METADATA; Schema: -; Owner: postgres
--

SELECT pg_catalog.lo_create('70002');

ALTER LARGE OBJECT 70002 OWNER TO postgres;

--
-- TOC entry 3985 (class 0 OID 0)
-- Dependencies: 3984 3986
-- Data for Name: 70001; Type: BLOBS; Schema: -; Owner: decant_reader
--

BEGIN;

SELECT pg_catalog.lo_open('70001', 131072);
SELECT pg_catalog.lowrite(0, '\x4c617267650a6f626a656374');
SELECT pg_catalog.lo_close(0);

COMMIT;

--
-- TOC entry 3983 (class 0 OID 0)
-- Dependencies: 3982 3986
-- Data for Name: 70002; Type: BLOBS; Schema: -; Owner: postgres
--

BEGIN;

SELECT pg_catalog.lo_open('70002', 131072);
SELECT pg_catalog.lo_close(0);

COMMIT;

--
-- TOC entry 3776 (class 2606 OID 17466)
-- Name: cache cache_pkey; Type: CONSTRAINT; Schema: app; Owner: decant_reader
--

ALTER TABLE ONLY app.cache
    ADD CONSTRAINT cache_pkey PRIMARY KEY (k);


--
-- TOC entry 3779 (class 2606 OID 17524)
-- Name: events events_pkey; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (id, at);


--
-- TOC entry 3782 (class 2606 OID 17526)
-- Name: events_2025 events_2025_pkey; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.events_2025
    ADD CONSTRAINT events_2025_pkey PRIMARY KEY (id, at);


--
-- TOC entry 3785 (class 2606 OID 17528)
-- Name: events_rest events_rest_pkey; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.events_rest
    ADD CONSTRAINT events_rest_pkey PRIMARY KEY (id, at);


--
-- TOC entry 3788 (class 2606 OID 17530)
-- Name: events_rest_1 events_rest_1_pkey; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.events_rest_1
    ADD CONSTRAINT events_rest_1_pkey PRIMARY KEY (id, at);


--
-- TOC entry 3758 (class 2606 OID 17522)
-- Name: orders late_check; Type: CHECK CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE app.orders
    ADD CONSTRAINT late_check CHECK ((note <> 'x;'::text)) NOT VALID;


--
-- TOC entry 3759 (class 2606 OID 17600)
-- Name: only_18 only_18_check; Type: CHECK CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE app.only_18
    ADD CONSTRAINT only_18_check CHECK ((checked > 0)) NOT ENFORCED;


--
-- TOC entry 3756 (class 2606 OID 17607)
-- Name: only_18 only_18_checked; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE app.only_18
    ADD CONSTRAINT only_18_checked NOT NULL checked NOT VALID;


--
-- TOC entry 3791 (class 2606 OID 17606)
-- Name: only_18 only_18_pkey; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.only_18
    ADD CONSTRAINT only_18_pkey PRIMARY KEY (id, during WITHOUT OVERLAPS);


--
-- TOC entry 3772 (class 2606 OID 17521)
-- Name: orders orders_during; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.orders
    ADD CONSTRAINT orders_during EXCLUDE USING gist (user_id WITH =, during WITH &&);


--
-- TOC entry 3774 (class 2606 OID 17447)
-- Name: orders orders_pkey; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.orders
    ADD CONSTRAINT orders_pkey PRIMARY KEY (id);


--
-- TOC entry 1261 (class 2606 OID 17399)
-- Name: late positive; Type: CHECK CONSTRAINT; Schema: app; Owner: postgres
--

ALTER DOMAIN app.late
    ADD CONSTRAINT positive CHECK ((VALUE > 0)) NOT VALID;


--
-- TOC entry 3761 (class 2606 OID 17514)
-- Name: users users_email_key; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.users
    ADD CONSTRAINT users_email_key UNIQUE (email);


--
-- TOC entry 3767 (class 2606 OID 17512)
-- Name: users users_pkey; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

ALTER TABLE app.users CLUSTER ON users_pkey;


--
-- TOC entry 4032 (class 0 OID 0)
-- Dependencies: 3767
-- Name: CONSTRAINT users_pkey ON users; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON CONSTRAINT users_pkey ON app.users IS 'key';


--
-- TOC entry 3777 (class 1259 OID 17537)
-- Name: events_body; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX events_body ON ONLY app.events USING btree (body);


--
-- TOC entry 3780 (class 1259 OID 17538)
-- Name: events_2025_body_idx; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX events_2025_body_idx ON app.events_2025 USING btree (body);


--
-- TOC entry 3783 (class 1259 OID 17539)
-- Name: events_rest_body_idx; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX events_rest_body_idx ON ONLY app.events_rest USING btree (body);


--
-- TOC entry 3786 (class 1259 OID 17540)
-- Name: events_rest_1_body_idx; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX events_rest_1_body_idx ON app.events_rest_1 USING btree (body);


--
-- TOC entry 3770 (class 1259 OID 17541)
-- Name: orders_array; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX orders_array ON app.orders USING gist (during);


--
-- TOC entry 3789 (class 1259 OID 17568)
-- Name: summary_mood; Type: INDEX; Schema: app; Owner: postgres
--

CREATE UNIQUE INDEX summary_mood ON app.summary USING btree (mood);


--
-- TOC entry 3762 (class 1259 OID 17534)
-- Name: users_expression; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX users_expression ON app.users USING btree (((id + 1)));
ALTER INDEX app.users_expression ALTER COLUMN 1 SET STATISTICS 300;


--
-- TOC entry 3763 (class 1259 OID 17533)
-- Name: users_lower; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX users_lower ON app.users USING btree (lower(name));


--
-- TOC entry 3764 (class 1259 OID 17531)
-- Name: users_name; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX users_name ON app.users USING btree (name COLLATE "de-x-icu" text_pattern_ops DESC NULLS LAST, born) INCLUDE (mood) WITH (fillfactor='80');


--
-- TOC entry 4033 (class 0 OID 0)
-- Dependencies: 3764
-- Name: INDEX users_name; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON INDEX app.users_name IS 'index';


--
-- TOC entry 3765 (class 1259 OID 17535)
-- Name: users_partial; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX users_partial ON app.users USING btree (born) WHERE (id > 5);


--
-- TOC entry 3768 (class 1259 OID 17536)
-- Name: users_tags; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX users_tags ON app.users USING gin (tags);


--
-- TOC entry 3769 (class 1259 OID 17532)
-- Name: users_unique; Type: INDEX; Schema: app; Owner: postgres
--

CREATE UNIQUE INDEX users_unique ON app.users USING btree (name, born) WHERE (name <> 'x'::text);


--
-- TOC entry 3792 (class 0 OID 0)
-- Name: events_2025_body_idx; Type: INDEX ATTACH; Schema: app; Owner: postgres
--

ALTER INDEX app.events_body ATTACH PARTITION app.events_2025_body_idx;


--
-- TOC entry 3793 (class 0 OID 0)
-- Name: events_2025_pkey; Type: INDEX ATTACH; Schema: app; Owner: postgres
--

ALTER INDEX app.events_pkey ATTACH PARTITION app.events_2025_pkey;


--
-- TOC entry 3796 (class 0 OID 0)
-- Name: events_rest_1_body_idx; Type: INDEX ATTACH; Schema: app; Owner: postgres
--

ALTER INDEX app.events_rest_body_idx ATTACH PARTITION app.events_rest_1_body_idx;


--
-- TOC entry 3797 (class 0 OID 0)
-- Name: events_rest_1_pkey; Type: INDEX ATTACH; Schema: app; Owner: postgres
--

ALTER INDEX app.events_rest_pkey ATTACH PARTITION app.events_rest_1_pkey;


--
-- TOC entry 3794 (class 0 OID 0)
-- Name: events_rest_body_idx; Type: INDEX ATTACH; Schema: app; Owner: postgres
--

ALTER INDEX app.events_body ATTACH PARTITION app.events_rest_body_idx;


--
-- TOC entry 3795 (class 0 OID 0)
-- Name: events_rest_pkey; Type: INDEX ATTACH; Schema: app; Owner: postgres
--

ALTER INDEX app.events_pkey ATTACH PARTITION app.events_rest_pkey;


--
-- TOC entry 3798 (class 3381 OID 17542)
-- Name: users_statistics; Type: STATISTICS; Schema: app; Owner: postgres
--

CREATE STATISTICS app.users_statistics (dependencies) ON name, born FROM app.users;
ALTER STATISTICS app.users_statistics SET STATISTICS 200;


ALTER STATISTICS app.users_statistics OWNER TO postgres;

--
-- TOC entry 3952 (class 2618 OID 17555)
-- Name: circular _RETURN; Type: RULE; Schema: app; Owner: postgres
--

CREATE OR REPLACE VIEW app.circular AS
 SELECT key,
    value
   FROM app.circular_two
  WHERE (key > 0);


--
-- TOC entry 3951 (class 2618 OID 17550)
-- Name: grouped _RETURN; Type: RULE; Schema: app; Owner: postgres
--

CREATE OR REPLACE VIEW app.grouped AS
 SELECT id,
    name,
    count(*) AS n
   FROM app.users
  GROUP BY id;


--
-- TOC entry 3955 (class 2618 OID 17569)
-- Name: orders orders_log; Type: RULE; Schema: app; Owner: postgres
--

CREATE RULE orders_log AS
    ON DELETE TO app.orders DO ( INSERT INTO app.no_columns DEFAULT VALUES;
 UPDATE app.users SET name = 'x;)'::text
  WHERE false;
);


--
-- TOC entry 3801 (class 2620 OID 17572)
-- Name: users users_late; Type: TRIGGER; Schema: app; Owner: postgres
--

CREATE CONSTRAINT TRIGGER users_late AFTER INSERT ON app.users DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.touch();

ALTER TRIGGER users_late ON app.users DEPENDS ON EXTENSION hstore;

--
-- TOC entry 3802 (class 2620 OID 17571)
-- Name: users users_touch; Type: TRIGGER; Schema: app; Owner: postgres
--

CREATE TRIGGER users_touch BEFORE UPDATE ON app.users FOR EACH ROW WHEN ((old.name <> 'a;b'::text)) EXECUTE FUNCTION app.touch('arg; one');

ALTER TABLE app.users DISABLE TRIGGER users_touch;


--
-- TOC entry 4034 (class 0 OID 0)
-- Dependencies: 3802
-- Name: TRIGGER users_touch ON users; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON TRIGGER users_touch ON app.users IS 'trigger';


--
-- TOC entry 3799 (class 2606 OID 17515)
-- Name: orders orders_user; Type: FK CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.orders
    ADD CONSTRAINT orders_user FOREIGN KEY (user_id) REFERENCES app.users(id) ON DELETE CASCADE;


--
-- TOC entry 3800 (class 2606 OID 17613)
-- Name: period_18 period_18_fkey; Type: FK CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.period_18
    ADD CONSTRAINT period_18_fkey FOREIGN KEY (id, PERIOD during) REFERENCES app.only_18(id, PERIOD during);


--
-- TOC entry 3958 (class 3256 OID 17575)
-- Name: orders all_rows; Type: POLICY; Schema: app; Owner: postgres
--

CREATE POLICY all_rows ON app.orders FOR INSERT WITH CHECK ((amount < (1000)::numeric));


--
-- TOC entry 3957 (class 3256 OID 17574)
-- Name: users own_rows; Type: POLICY; Schema: app; Owner: postgres
--

CREATE POLICY own_rows ON app.users AS RESTRICTIVE FOR SELECT TO decant_reader USING ((name <> 'to; public'::text));


--
-- TOC entry 4035 (class 0 OID 0)
-- Dependencies: 3957
-- Name: POLICY own_rows ON users; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON POLICY own_rows ON app.users IS 'policy';


--
-- TOC entry 3956 (class 0 OID 17426)
-- Dependencies: 227
-- Name: users; Type: ROW SECURITY; Schema: app; Owner: postgres
--

ALTER TABLE app.users ENABLE ROW LEVEL SECURITY;

--
-- TOC entry 3961 (class 6104 OID 17589)
-- Name: by_schema; Type: PUBLICATION; Schema: -; Owner: postgres
--

CREATE PUBLICATION by_schema WITH (publish = 'insert, update, delete, truncate');


ALTER PUBLICATION by_schema OWNER TO postgres;

--
-- TOC entry 3959 (class 6104 OID 17586)
-- Name: everything; Type: PUBLICATION; Schema: -; Owner: postgres
--

CREATE PUBLICATION everything FOR ALL TABLES WITH (publish = 'insert, update, delete, truncate');


ALTER PUBLICATION everything OWNER TO postgres;

--
-- TOC entry 3960 (class 6104 OID 17587)
-- Name: partly; Type: PUBLICATION; Schema: -; Owner: postgres
--

CREATE PUBLICATION partly WITH (publish = 'insert, update, delete, truncate');


ALTER PUBLICATION partly OWNER TO postgres;

--
-- TOC entry 4036 (class 0 OID 0)
-- Dependencies: 3960
-- Name: PUBLICATION partly; Type: COMMENT; Schema: -; Owner: postgres
--

COMMENT ON PUBLICATION partly IS 'canary-publication-comment';


--
-- TOC entry 3962 (class 6106 OID 17588)
-- Name: partly users; Type: PUBLICATION TABLE; Schema: app; Owner: postgres
--

ALTER PUBLICATION partly ADD TABLE ONLY app.users (id, name) WHERE ((id > 424242));


--
-- TOC entry 3963 (class 6237 OID 17590)
-- Name: by_schema Odd Schema;; Type: PUBLICATION TABLES IN SCHEMA; Schema: Odd Schema;; Owner: postgres
--

ALTER PUBLICATION by_schema ADD TABLES IN SCHEMA "Odd Schema;";


--
-- TOC entry 3964 (class 6100 OID 17591)
-- Name: incoming; Type: SUBSCRIPTION; Schema: -; Owner: postgres
--

CREATE SUBSCRIPTION incoming CONNECTION 'host=canary-subscription password=canary-secret' PUBLICATION p WITH (connect = false, slot_name = NONE, streaming = parallel);


ALTER SUBSCRIPTION incoming OWNER TO postgres;

--
-- TOC entry 4002 (class 0 OID 0)
-- Dependencies: 369
-- Name: FUNCTION fake_block(); Type: ACL; Schema: app; Owner: postgres
--

REVOKE ALL ON FUNCTION app.fake_block() FROM PUBLIC;


--
-- TOC entry 4003 (class 0 OID 0)
-- Dependencies: 243
-- Name: TABLE grouped; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.grouped TO decant_reader;


--
-- TOC entry 4005 (class 0 OID 0)
-- Dependencies: 234
-- Name: TABLE parent; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.parent TO decant_reader;


--
-- TOC entry 4006 (class 0 OID 0)
-- Dependencies: 235
-- Name: TABLE child; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.child TO decant_reader;


--
-- TOC entry 4007 (class 0 OID 0)
-- Dependencies: 244
-- Name: TABLE circular; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.circular TO decant_reader;


--
-- TOC entry 4008 (class 0 OID 0)
-- Dependencies: 245
-- Name: TABLE circular_two; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.circular_two TO decant_reader;


--
-- TOC entry 4009 (class 0 OID 0)
-- Dependencies: 236
-- Name: TABLE events; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.events TO decant_reader;


--
-- TOC entry 4010 (class 0 OID 0)
-- Dependencies: 237
-- Name: TABLE events_2025; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.events_2025 TO decant_reader;


--
-- TOC entry 4011 (class 0 OID 0)
-- Dependencies: 238
-- Name: TABLE events_rest; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.events_rest TO decant_reader;


--
-- TOC entry 4012 (class 0 OID 0)
-- Dependencies: 239
-- Name: TABLE events_rest_1; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.events_rest_1 TO decant_reader;


--
-- TOC entry 4015 (class 0 OID 0)
-- Dependencies: 227
-- Name: TABLE users; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT,INSERT ON TABLE app.users TO decant_reader WITH GRANT OPTION;


--
-- TOC entry 4017 (class 0 OID 0)
-- Dependencies: 242
-- Name: TABLE happy; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.happy TO decant_reader;


--
-- TOC entry 4018 (class 0 OID 0)
-- Dependencies: 230
-- Name: TABLE no_columns; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.no_columns TO decant_reader;


--
-- TOC entry 4019 (class 0 OID 0)
-- Dependencies: 240
-- Name: TABLE of_type; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.of_type TO decant_reader;


--
-- TOC entry 4020 (class 0 OID 0)
-- Dependencies: 248
-- Name: TABLE only_18; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.only_18 TO decant_reader;


--
-- TOC entry 4021 (class 0 OID 0)
-- Dependencies: 229
-- Name: TABLE orders; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.orders TO decant_reader;


--
-- TOC entry 4022 (class 0 OID 0)
-- Dependencies: 229 4021
-- Name: COLUMN orders.id; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT(id) ON TABLE app.orders TO decant_reader;


--
-- TOC entry 4025 (class 0 OID 0)
-- Dependencies: 249
-- Name: TABLE period_18; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.period_18 TO decant_reader;


--
-- TOC entry 4026 (class 0 OID 0)
-- Dependencies: 247
-- Name: TABLE remote; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.remote TO decant_reader;


--
-- TOC entry 4027 (class 0 OID 0)
-- Dependencies: 241
-- Name: TABLE settings; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.settings TO decant_reader;


--
-- TOC entry 4028 (class 0 OID 0)
-- Dependencies: 246
-- Name: TABLE summary; Type: ACL; Schema: app; Owner: postgres
--

GRANT SELECT ON TABLE app.summary TO decant_reader;


--
-- TOC entry 2649 (class 826 OID 17372)
-- Name: DEFAULT PRIVILEGES FOR TABLES; Type: DEFAULT ACL; Schema: app; Owner: postgres
--

ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA app GRANT SELECT ON TABLES TO decant_reader;


--
-- TOC entry 3744 (class 3466 OID 17577)
-- Name: odd_event; Type: EVENT TRIGGER; Schema: -; Owner: postgres
--

CREATE EVENT TRIGGER odd_event ON ddl_command_start
   EXECUTE FUNCTION app.on_ddl();

ALTER EVENT TRIGGER odd_event DISABLE;


ALTER EVENT TRIGGER odd_event OWNER TO postgres;

--
-- TOC entry 4037 (class 0 OID 0)
-- Dependencies: 3744
-- Name: EVENT TRIGGER odd_event; Type: COMMENT; Schema: -; Owner: postgres
--

COMMENT ON EVENT TRIGGER odd_event IS 'canary-event-comment';


--
-- TOC entry 3979 (class 0 OID 17561)
-- Dependencies: 246 3987
-- Name: summary; Type: MATERIALIZED VIEW DATA; Schema: app; Owner: postgres
--

REFRESH MATERIALIZED VIEW app.summary;


-- Completed on 2026-11-21 09:22:14 UTC

--
-- PostgreSQL database dump complete
--

\unrestrict oE7Tpd6WpkojWDecDSpGxYjfTD0nffMazwqcUbVjXpGCep3rCNduQCWfDeiDR1O

