--
-- PostgreSQL database dump
--

-- Dumped from database version 16.4
-- Dumped by pg_dump version 16.4

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

CREATE SCHEMA ext;

CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA ext;
CREATE EXTENSION IF NOT EXISTS dblink WITH SCHEMA ext;
CREATE EXTENSION IF NOT EXISTS file_fdw WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pg_stat_statements WITH SCHEMA public;

CREATE SEQUENCE public.reached_default;
CREATE SEQUENCE public.reached_generated;
CREATE SEQUENCE public.reached_check;
CREATE SEQUENCE public.reached_domain;
CREATE SEQUENCE public.reached_index;
CREATE SEQUENCE public.reached_partition;
CREATE SEQUENCE public.reached_cast;
CREATE SEQUENCE public.reached_operator;
CREATE SEQUENCE public.reached_view;
CREATE SEQUENCE public.reached_trigger;
CREATE SEQUENCE public.reached_rule;
CREATE SEQUENCE public.reached_policy;
CREATE SEQUENCE public.reached_aggregate;
CREATE SEQUENCE public.reached_matview;
CREATE SEQUENCE public.reached_step;
CREATE SEQUENCE public.reached_assertion;
CREATE SEQUENCE public.leaked;

CREATE FUNCTION public.attempt(site text) RETURNS void LANGUAGE plpgsql AS $_$
DECLARE
  command text;
BEGIN
  BEGIN
    PERFORM pg_catalog.nextval(('public.reached_' || site)::regclass);
  EXCEPTION WHEN read_only_sql_transaction THEN NULL;
  END;
  FOREACH command IN ARRAY ARRAY[
    format('COPY (SELECT 1) TO PROGRAM %L', 'cat >FOLDER/program-' || site),
    format('COPY (SELECT 1) TO %L', 'FOLDER/file-' || site),
    format('DO $do$ BEGIN PERFORM pg_catalog.pg_read_file(%L); END $do$', 'FOLDER/secret'),
    format('DO $do$ BEGIN PERFORM pg_catalog.pg_read_binary_file(%L); END $do$', 'FOLDER/secret'),
    'DO $do$ BEGIN PERFORM pg_catalog.pg_ls_dir(''.''); END $do$',
    format('DO $do$ BEGIN PERFORM pg_catalog.lo_import(%L); END $do$', 'FOLDER/secret'),
    format('CREATE TEMP TABLE taken (t text); COPY pg_temp.taken FROM %L', 'FOLDER/secret'),
    format('CREATE TEMP TABLE taken (t text); COPY pg_temp.taken FROM PROGRAM %L', 'cat FOLDER/secret'),
    'ALTER ROLE CURRENT_USER SUPERUSER',
    'GRANT pg_execute_server_program TO CURRENT_USER',
    'CREATE ROLE other SUPERUSER',
    'SET ROLE decant_admin',
    'SET SESSION AUTHORIZATION decant_admin',
    'CREATE EXTENSION adminpack',
    'CREATE EXTENSION plperlu',
    'ALTER EXTENSION file_fdw UPDATE',
    format('CREATE SERVER leak FOREIGN DATA WRAPPER file_fdw; CREATE FOREIGN TABLE public.leak (t text)'
      ' SERVER leak OPTIONS (filename %L); DO $do$ BEGIN PERFORM * FROM public.leak; END $do$', 'FOLDER/secret'),
    'DO $do$ BEGIN PERFORM ext.dblink_connect(''host=127.0.0.1 port=1''); END $do$',
    'DO $do$ BEGIN PERFORM ext.dblink_connect_u(''host=127.0.0.1 port=1''); END $do$',
    'DO $do$ BEGIN PERFORM rolpassword FROM pg_catalog.pg_authid; END $do$',
    'CREATE FUNCTION public.system(cstring) RETURNS int LANGUAGE c AS ''libc.so.6'', ''system'''
  ] LOOP
    BEGIN
      EXECUTE command;
      PERFORM pg_catalog.nextval('public.leaked');
    EXCEPTION WHEN OTHERS THEN
      IF SQLSTATE NOT IN ('42501', '0A000', '55000', '42704', '25006') THEN
        RAISE EXCEPTION 'unexpected: % %', SQLSTATE, command USING ERRCODE = 'ZZ001';
      END IF;
    END;
  END LOOP;
END$_$;

CREATE FUNCTION public.site(site text, value text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $_$
BEGIN
  PERFORM public.attempt(site);
  RETURN value;
END$_$;

CREATE FUNCTION public.holds(site text, value text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $_$
BEGIN
  PERFORM public.attempt(site);
  RETURN true;
END$_$;

CREATE FUNCTION public.like_any(a text, b text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $_$
BEGIN
  PERFORM public.attempt('operator');
  RETURN true;
END$_$;

CREATE OPERATOR public.~~~~ (FUNCTION = public.like_any, LEFTARG = text, RIGHTARG = text);

CREATE TYPE public.pair AS (a text, b text);

CREATE FUNCTION public.to_text(p public.pair) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $_$
BEGIN
  PERFORM public.attempt('cast');
  RETURN 'x';
END$_$;

CREATE CAST (public.pair AS text) WITH FUNCTION public.to_text(public.pair);

CREATE FUNCTION public.step(state text, value text) RETURNS text LANGUAGE plpgsql AS $_$
BEGIN
  PERFORM public.attempt('aggregate');
  RETURN value;
END$_$;

CREATE AGGREGATE public.last_of(text) (SFUNC = public.step, STYPE = text);

CREATE FUNCTION public.on_event() RETURNS event_trigger LANGUAGE plpgsql AS $_$
BEGIN
  COPY (SELECT 1) TO PROGRAM 'touch FOLDER/program-event';
END$_$;

CREATE EVENT TRIGGER event ON ddl_command_end EXECUTE FUNCTION public.on_event();

CREATE FUNCTION public.handler() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE LANGUAGE mine HANDLER public.handler;
CREATE FUNCTION public.in_mine() RETURNS text LANGUAGE mine AS 'BEGIN RETURN 1; END';
CREATE FUNCTION public.process() RETURNS integer LANGUAGE c AS 'libc.so.6', 'getpid';
CREATE CAST (bigint AS public.pair) WITHOUT FUNCTION;
CREATE VIEW public.of_process AS SELECT public.process() AS process;

CREATE FUNCTION public.on_row() RETURNS trigger LANGUAGE plpgsql AS $_$
BEGIN
  PERFORM public.attempt('trigger');
  RETURN NEW;
END$_$;

CREATE DOMAIN public.checked AS text CHECK (public.holds('domain', VALUE));

CREATE TABLE public.customer (
    id integer NOT NULL,
    name text,
    note text DEFAULT public.site('default', 'x'),
    upper_name text GENERATED ALWAYS AS (public.site('generated', name)) STORED,
    nick public.checked,
    CONSTRAINT known CHECK (public.holds('check', name)),
    CONSTRAINT operated CHECK (name OPERATOR(public.~~~~) 'y'),
    CONSTRAINT casted CHECK ((ROW(name, 'z')::public.pair)::text <> '')
);

CREATE TABLE public.event (
    id integer NOT NULL,
    kind text
) PARTITION BY LIST (public.site('partition', kind));

CREATE TABLE public.event_default (
    id integer NOT NULL,
    kind text
);

ALTER TABLE ONLY public.event ATTACH PARTITION public.event_default DEFAULT;

CREATE VIEW public.shown AS SELECT public.site('view', name) AS name FROM public.customer;

CREATE MATERIALIZED VIEW public.collected AS
 SELECT public.site('matview', name) AS name, public.last_of(name) AS last FROM public.customer GROUP BY name
  WITH NO DATA;

COPY public.customer (id, name, nick) FROM stdin;
1	Muster	m
2	Beispiel	b
\.

COPY public.event (id, kind) FROM stdin;
1	a
\.

SELECT pg_catalog.setval('public.leaked', 1, false);

ALTER TABLE ONLY public.customer ADD CONSTRAINT customer_pkey PRIMARY KEY (id);

CREATE INDEX by_site ON public.customer USING btree (public.site('index', name));

CREATE TRIGGER on_row BEFORE INSERT OR UPDATE ON public.customer FOR EACH ROW EXECUTE FUNCTION public.on_row();

CREATE RULE also AS ON DELETE TO public.event_default DO ALSO SELECT public.site('rule', 'x');

CREATE POLICY seen ON public.customer USING (public.holds('policy', name));

ALTER TABLE public.customer ENABLE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.customer FORCE ROW LEVEL SECURITY;

REFRESH MATERIALIZED VIEW public.collected;

--
-- PostgreSQL database dump complete
--

