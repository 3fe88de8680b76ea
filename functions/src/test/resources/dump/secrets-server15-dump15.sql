--
-- PostgreSQL database dump
--

\restrict E7Bcf1VlUOsjbKPe1kJjdxFfqqCqFQqdwgbZOh1Ya2Kzx5q24qUSC0xwsqDxPCq

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

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
-- Name: app; Type: SCHEMA; Schema: -; Owner: postgres
--

CREATE SCHEMA app;


ALTER SCHEMA app OWNER TO postgres;

--
-- Name: SCHEMA app; Type: COMMENT; Schema: -; Owner: postgres
--

COMMENT ON SCHEMA app IS 'Ask canary-schema@shop-corp.de.';


--
-- Name: code; Type: DOMAIN; Schema: app; Owner: postgres
--

CREATE DOMAIN app.code AS text DEFAULT 'sk_live_canary00domaindefault'::text
	CONSTRAINT listed CHECK ((VALUE <> 'sk_live_canary00domaincheck'::text));


ALTER DOMAIN app.code OWNER TO postgres;

--
-- Name: DOMAIN code; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON DOMAIN app.code IS 'Ask canary-domain@shop-corp.de.';


--
-- Name: CONSTRAINT listed ON DOMAIN code; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON CONSTRAINT listed ON DOMAIN app.code IS 'Ask canary-domainconstraint@shop-corp.de.';


--
-- Name: label; Type: TYPE; Schema: app; Owner: postgres
--

CREATE TYPE app.label AS ENUM (
    'plain',
    'sk_live_canary00enum'
);


ALTER TYPE app.label OWNER TO postgres;

--
-- Name: TYPE label; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON TYPE app.label IS 'Ask canary-type@shop-corp.de.';


--
-- Name: late; Type: DOMAIN; Schema: app; Owner: postgres
--

CREATE DOMAIN app.late AS text;


ALTER DOMAIN app.late OWNER TO postgres;

--
-- Name: http_request(); Type: FUNCTION; Schema: app; Owner: postgres
--

CREATE FUNCTION app.http_request() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RETURN NEW; END $$;


ALTER FUNCTION app.http_request() OWNER TO postgres;

--
-- Name: link(); Type: FUNCTION; Schema: app; Owner: postgres
--

CREATE FUNCTION app.link() RETURNS text
    LANGUAGE sql
    AS $$ SELECT 'https://api.shop-corp.de/v1' $$;


ALTER FUNCTION app.link() OWNER TO postgres;

--
-- Name: run(); Type: PROCEDURE; Schema: app; Owner: postgres
--

CREATE PROCEDURE app.run()
    LANGUAGE sql
    BEGIN ATOMIC
 SELECT 'sk_live_canary00atomic'::text;
END;


ALTER PROCEDURE app.run() OWNER TO postgres;

--
-- Name: PROCEDURE run(); Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON PROCEDURE app.run() IS 'Ask canary-procedure@shop-corp.de.';


--
-- Name: send(text); Type: FUNCTION; Schema: app; Owner: postgres
--

CREATE FUNCTION app.send(body text DEFAULT 'sk_live_canary00argument'::text) RETURNS text
    LANGUAGE plpgsql
    AS $_$
BEGIN
  -- Don't share sk_live_canary00comment.
  /* The key was 'sk_live_canary00block'. */
  RETURN 'sk_live_canary00body' || $$sk_live_canary00dollar$$ || 'it''s fine';
END $_$;


ALTER FUNCTION app.send(body text) OWNER TO postgres;

--
-- Name: FUNCTION send(body text); Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON FUNCTION app.send(body text) IS 'Ask canary-function@shop-corp.de.';


--
-- Name: send(text, integer); Type: FUNCTION; Schema: app; Owner: postgres
--

CREATE FUNCTION app.send(body text, again integer) RETURNS text
    LANGUAGE sql
    AS $$ SELECT 'sk_live_canary00overload' $$;


ALTER FUNCTION app.send(body text, again integer) OWNER TO postgres;

--
-- Name: collect(text); Type: AGGREGATE; Schema: app; Owner: postgres
--

CREATE AGGREGATE app.collect(text) (
    SFUNC = textcat,
    STYPE = text,
    INITCOND = 'sk_live_canary00initial'
);


ALTER AGGREGATE app.collect(text) OWNER TO postgres;

--
-- Name: AGGREGATE collect(text); Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON AGGREGATE app.collect(text) IS 'Ask canary-aggregate@shop-corp.de.';


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: Odd Hook; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app."Odd Hook" (
    id integer NOT NULL,
    "Key" text
);


ALTER TABLE app."Odd Hook" OWNER TO postgres;

--
-- Name: COLUMN "Odd Hook"."Key"; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON COLUMN app."Odd Hook"."Key" IS 'It''s sk_live_canary00columncomment \ .';


--
-- Name: base; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.base (
    id integer,
    note text
);


ALTER TABLE app.base OWNER TO postgres;

--
-- Name: child; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.child (
)
INHERITS (app.base);


ALTER TABLE app.child OWNER TO postgres;

--
-- Name: parts; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.parts (
    region text
)
PARTITION BY LIST (region);


ALTER TABLE app.parts OWNER TO postgres;

--
-- Name: part; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.part (
    region text
);


ALTER TABLE app.part OWNER TO postgres;

--
-- Name: plain; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.plain (
    id integer NOT NULL,
    name text
);


ALTER TABLE app.plain OWNER TO postgres;

--
-- Name: TABLE plain; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON TABLE app.plain IS 'Ask canary-table@shop-corp.de.';


--
-- Name: seen; Type: VIEW; Schema: app; Owner: postgres
--

CREATE VIEW app.seen AS
 SELECT plain.id,
    'sk_live_canary00view'::text AS token
   FROM app.plain;


ALTER TABLE app.seen OWNER TO postgres;

--
-- Name: VIEW seen; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON VIEW app.seen IS 'Ask canary-view@shop-corp.de.';


--
-- Name: COLUMN seen.id; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON COLUMN app.seen.id IS 'Ask canary-viewcolumn@shop-corp.de.';


--
-- Name: settings; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.settings (
    id integer NOT NULL,
    token text DEFAULT 'sk_live_canary00default'::text,
    extra jsonb DEFAULT '{"token": "sk_live_canary00json"}'::jsonb,
    twice text GENERATED ALWAYS AS ((token || 'sk_live_canary00generated'::text)) STORED,
    CONSTRAINT listed CHECK ((token <> 'sk_live_canary00check'::text))
);


ALTER TABLE app.settings OWNER TO postgres;

--
-- Name: CONSTRAINT listed ON settings; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON CONSTRAINT listed ON app.settings IS 'Ask canary-constraint@shop-corp.de.';


--
-- Name: stored; Type: MATERIALIZED VIEW; Schema: app; Owner: postgres
--

CREATE MATERIALIZED VIEW app.stored AS
 SELECT 'sk_live_canary00matview'::text AS token
  WITH NO DATA;


ALTER TABLE app.stored OWNER TO postgres;

--
-- Name: MATERIALIZED VIEW stored; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON MATERIALIZED VIEW app.stored IS 'Ask canary-matview@shop-corp.de.';


--
-- Name: part; Type: TABLE ATTACH; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.parts ATTACH PARTITION app.part FOR VALUES IN ('sk_live_canary00bound');


--
-- Name: child note; Type: DEFAULT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.child ALTER COLUMN note SET DEFAULT 'sk_live_canary00inherited'::text;


--
-- Name: seen token; Type: DEFAULT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.seen ALTER COLUMN token SET DEFAULT 'sk_live_canary00viewdefault'::text;


--
-- Data for Name: Odd Hook; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app."Odd Hook" (id, "Key") FROM stdin;
\.


--
-- Data for Name: base; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.base (id, note) FROM stdin;
\.


--
-- Data for Name: child; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.child (id, note) FROM stdin;
\.


--
-- Data for Name: part; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.part (region) FROM stdin;
\.


--
-- Data for Name: plain; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.plain (id, name) FROM stdin;
1	ann
2	bob
\.


--
-- Data for Name: settings; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.settings (id, token, extra) FROM stdin;
\.


--
-- Name: Odd Hook Odd Hook_pkey; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app."Odd Hook"
    ADD CONSTRAINT "Odd Hook_pkey" PRIMARY KEY (id);


--
-- Name: settings late; Type: CHECK CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE app.settings
    ADD CONSTRAINT late CHECK ((token <> 'sk_live_canary00late'::text)) NOT VALID;


--
-- Name: late later; Type: CHECK CONSTRAINT; Schema: app; Owner: postgres
--

ALTER DOMAIN app.late
    ADD CONSTRAINT later CHECK ((VALUE <> 'sk_live_canary00domainlate'::text)) NOT VALID;


--
-- Name: plain plain_pkey; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.plain
    ADD CONSTRAINT plain_pkey PRIMARY KEY (id);


--
-- Name: settings settings_pkey; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.settings
    ADD CONSTRAINT settings_pkey PRIMARY KEY (id);


--
-- Name: partly; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX partly ON app."Odd Hook" USING btree (id) WHERE ("Key" <> 'sk_live_canary00predicate'::text);


--
-- Name: INDEX partly; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON INDEX app.partly IS 'Ask canary-index@shop-corp.de.';


--
-- Name: stored_token; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX stored_token ON app.stored USING btree (token);


--
-- Name: plain copied; Type: RULE; Schema: app; Owner: postgres
--

CREATE RULE copied AS
    ON DELETE TO app.plain DO  INSERT INTO app.base (id, note)
  VALUES (old.id, 'sk_live_canary00rule'::text);


--
-- Name: RULE copied ON plain; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON RULE copied ON app.plain IS 'Ask canary-rule@shop-corp.de.';


--
-- Name: Odd Hook Odd; Type: TRIGGER; Schema: app; Owner: postgres
--

CREATE TRIGGER "Odd" BEFORE UPDATE OF "Key" ON app."Odd Hook" FOR EACH ROW EXECUTE FUNCTION app.http_request('sk_live_canary00odd');

ALTER TABLE app."Odd Hook" DISABLE TRIGGER "Odd";


--
-- Name: plain hook; Type: TRIGGER; Schema: app; Owner: postgres
--

CREATE TRIGGER hook AFTER INSERT ON app.plain FOR EACH ROW EXECUTE FUNCTION app.http_request('https://api.shop-corp.de/hook', 'POST', '{"Authorization": "Bearer sk_live_canary00trigger"}');


--
-- Name: TRIGGER hook ON plain; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON TRIGGER hook ON app.plain IS 'calls with sk_live_canary00triggercomment';


--
-- Name: plain own; Type: POLICY; Schema: app; Owner: postgres
--

CREATE POLICY own ON app.plain USING ((name = 'sk_live_canary00using'::text)) WITH CHECK ((name = 'sk_live_canary00withcheck'::text));


--
-- Name: POLICY own ON plain; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON POLICY own ON app.plain IS 'Ask canary-policy@shop-corp.de.';


--
-- Name: plain; Type: ROW SECURITY; Schema: app; Owner: postgres
--

ALTER TABLE app.plain ENABLE ROW LEVEL SECURITY;

--
-- Name: stored; Type: MATERIALIZED VIEW DATA; Schema: app; Owner: postgres
--

REFRESH MATERIALIZED VIEW app.stored;


--
-- PostgreSQL database dump complete
--

\unrestrict E7Bcf1VlUOsjbKPe1kJjdxFfqqCqFQqdwgbZOh1Ya2Kzx5q24qUSC0xwsqDxPCq

