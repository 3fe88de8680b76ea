--
-- PostgreSQL database dump
--

\restrict Key1

-- Dumped from database version 15.20 (Debian)
-- Dumped by pg_dump version 18.6

SET statement_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);

--
-- Name: f(text); Type: FUNCTION; Schema: public; Owner: anna
--

CREATE FUNCTION public.f(text) RETURNS text
    LANGUAGE sql
    BEGIN ATOMIC
 SELECT CASE WHEN true THEN ';' ELSE $$;$$ END;
END;

/* a /* nested; */ comment; */

--
-- Name: T; Type: TABLE; Schema: public; Owner: anna; Tablespace: fast
--

CREATE TABLE public."T;
x" (
    a integer, -- one; two
    "b""" text DEFAULT E'\';'
);


ALTER TABLE p