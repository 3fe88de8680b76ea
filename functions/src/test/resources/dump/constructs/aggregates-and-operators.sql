--# policy public.a: {keep: [id]}
--# not-verified public.old
--# not-verified OPERATOR
CREATE FUNCTION public.plus(integer, integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $_$ SELECT $1 + $2 $_$;
CREATE AGGREGATE public.total(integer) (SFUNC = public.plus, STYPE = integer, INITCOND = '0');
CREATE AGGREGATE public.old(anyarray) (SFUNC = array_cat, STYPE = anyarray, INITCOND = '{}');
CREATE OPERATOR public.### (FUNCTION = public.plus, LEFTARG = integer, RIGHTARG = integer);
CREATE OPERATOR public.#### (FUNCTION = other.plus, LEFTARG = integer, RIGHTARG = integer);
CREATE TABLE public.a (id integer);
COPY public.a (id) FROM stdin;
1
\.
