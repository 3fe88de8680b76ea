--
-- PostgreSQL database dump
--

SET standard_conforming_strings = off;
SELECT E'\';';
COPY a.b (c) FROM stdin;
\N
\.
