-- The statements that create a table of this database in another one: rows of (stage, step, sql).
-- The parameter is a literal with the quoted name of the table. The search_path must be empty, so
-- that all names are qualified. It runs on PostgreSQL 13 and later.
WITH RECURSIVE
-- The table and its partitions.
tree AS (
  SELECT c.oid, 0 AS level FROM pg_class c WHERE c.oid = to_regclass(:table)
  UNION ALL
  SELECT c.oid, t.level + 1 FROM tree t JOIN pg_inherits i ON i.inhparent = t.oid
  JOIN pg_class c ON c.oid = i.inhrelid AND c.relispartition),
-- The sequences of its columns. Kind: a = owned, i = identity, n = only used by a default.
numbers AS (
  SELECT d.objid AS oid, d.refobjid AS relation, d.refobjsubid AS number, d.deptype AS kind
  FROM pg_depend d JOIN tree t ON t.oid = d.refobjid
  JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
  WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
    AND d.deptype IN ('a', 'i')
  UNION
  SELECT d.refobjid, f.adrelid, f.adnum, 'n'
  FROM pg_depend d JOIN pg_attrdef f ON f.oid = d.objid JOIN tree t ON t.oid = f.adrelid
  JOIN pg_class s ON s.oid = d.refobjid AND s.relkind = 'S'
  WHERE d.classid = 'pg_attrdef'::regclass AND d.refclassid = 'pg_class'::regclass
    AND NOT EXISTS (SELECT FROM pg_depend o WHERE o.objid = d.refobjid
      AND o.classid = 'pg_class'::regclass AND o.deptype IN ('a', 'i'))),
options AS (
  SELECT DISTINCT s.seqrelid AS oid, s.seqtypid AS type,
    format('START WITH %s INCREMENT BY %s MINVALUE %s MAXVALUE %s CACHE %s%s', s.seqstart,
      s.seqincrement, s.seqmin, s.seqmax, s.seqcache,
      CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END) AS text
  FROM pg_sequence s JOIN numbers n ON n.oid = s.seqrelid),
-- The types of its columns, without arrays, and the types on which domains among them are built.
wanted AS (
  SELECT CASE WHEN u.typelem <> 0 AND u.typlen = -1 THEN u.typelem ELSE u.oid END AS oid, 0 AS level
  FROM pg_attribute a JOIN tree t ON t.oid = a.attrelid AND t.level = 0
  JOIN pg_type u ON u.oid = a.atttypid WHERE a.attnum > 0 AND NOT a.attisdropped
  UNION
  SELECT CASE WHEN u.typelem <> 0 AND u.typlen = -1 THEN u.typelem ELSE u.oid END, w.level + 1
  FROM wanted w JOIN pg_type y ON y.oid = w.oid AND y.typtype = 'd'
  JOIN pg_type u ON u.oid = y.typbasetype),
-- Its indexes as pg_dump takes them: an index of a partitioned table may lack those of partitions.
indexes AS (
  SELECT i.indexrelid AS oid, i.indrelid AS relation, i.indisclustered, i.indisreplident, t.level
  FROM pg_index i JOIN tree t ON t.oid = i.indrelid JOIN pg_class c ON c.oid = t.oid
  WHERE i.indisvalid OR c.relkind = 'p'),
-- Everything of the table that can call a function.
parts AS (
  SELECT 'pg_attrdef'::regclass AS class, f.oid
  FROM pg_attrdef f JOIN tree t ON t.oid = f.adrelid
  UNION SELECT 'pg_constraint'::regclass, c.oid
  FROM pg_constraint c JOIN tree t ON t.oid = c.conrelid
  UNION SELECT 'pg_constraint'::regclass, c.oid
  FROM pg_constraint c JOIN wanted w ON w.oid = c.contypid
  UNION SELECT 'pg_trigger'::regclass, g.oid FROM pg_trigger g JOIN tree t ON t.oid = g.tgrelid
  UNION SELECT 'pg_policy'::regclass, p.oid FROM pg_policy p JOIN tree t ON t.oid = p.polrelid
  UNION SELECT 'pg_rewrite'::regclass, r.oid FROM pg_rewrite r JOIN tree t ON t.oid = r.ev_class
  UNION SELECT 'pg_statistic_ext'::regclass, s.oid
  FROM pg_statistic_ext s JOIN tree t ON t.oid = s.stxrelid
  UNION SELECT 'pg_class'::regclass, oid FROM indexes),
-- The access methods of its tables. A partitioned table has one only from PostgreSQL 17 on.
methods AS (
  SELECT m.oid, m.amname AS name, m.amhandler AS handler, t.oid AS relation
  FROM tree t JOIN pg_class c ON c.oid = t.oid JOIN pg_am m ON m.oid = c.relam
  WHERE m.amname <> 'heap'),
-- Functions, enums and domains that neither the server nor an extension brought.
functions AS (
  SELECT DISTINCT p.oid, p.pronamespace AS namespace
  FROM parts JOIN pg_depend d ON d.classid = parts.class AND d.objid = parts.oid
    AND d.refclassid = 'pg_proc'::regclass
  JOIN pg_proc p ON p.oid = d.refobjid AND p.prokind = 'f'
  WHERE p.oid >= 16384 AND NOT EXISTS (SELECT FROM pg_depend e
    WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid AND e.deptype = 'e')),
types AS (
  SELECT y.oid, y.typnamespace AS namespace, y.typtype, y.typbasetype, y.typtypmod, y.typnotnull,
    pg_get_expr(y.typdefaultbin, 0) AS standard, w.level
  FROM pg_type y JOIN (SELECT oid, max(level) AS level FROM wanted GROUP BY oid) w ON w.oid = y.oid
  WHERE y.typtype IN ('e', 'd') AND y.oid >= 16384
    AND NOT EXISTS (SELECT FROM pg_depend e
      WHERE e.classid = 'pg_type'::regclass AND e.objid = y.oid AND e.deptype = 'e')),
-- The extensions that brought what the table needs.
extensions AS (
  SELECT x.oid, x.extname AS name, x.extnamespace AS namespace
  FROM pg_extension x WHERE x.oid IN (
    SELECT e.refobjid FROM pg_depend e JOIN (
      SELECT d.refclassid AS class, d.refobjid AS oid FROM parts
      JOIN pg_depend d ON d.classid = parts.class AND d.objid = parts.oid
      UNION SELECT 'pg_type'::regclass, oid FROM wanted
      UNION SELECT 'pg_am'::regclass, oid FROM methods) u
    ON e.classid = u.class AND e.objid = u.oid
    WHERE e.deptype = 'e' AND e.refclassid = 'pg_extension'::regclass)),
-- The comments of the types, of their constraints and of the functions.
remarks AS (
  SELECT d.classoid AS class, d.objoid AS oid, format('; COMMENT ON %s %s IS %L',
    i.type, i.identity, d.description) AS sql
  FROM pg_description d CROSS JOIN LATERAL pg_identify_object(d.classoid, d.objoid, 0) i
  WHERE (d.classoid, d.objoid) IN (SELECT 'pg_type'::regclass, oid FROM types
    UNION ALL SELECT 'pg_proc'::regclass, oid FROM functions)
  UNION ALL
  SELECT 'pg_type'::regclass, c.contypid, format('; COMMENT ON CONSTRAINT %I ON DOMAIN %s IS %L',
    c.conname, c.contypid::regtype, d.description)
  FROM pg_description d JOIN pg_constraint c ON c.oid = d.objoid JOIN types y ON y.oid = c.contypid
  WHERE d.classoid = 'pg_constraint'::regclass),
-- What the other database may have already: a condition that is NULL without it, and its statement.
unless AS (
  -- Domains follow the functions that their checks may call.
  SELECT CASE WHEN y.typtype = 'e' THEN 100
    WHEN EXISTS (SELECT FROM functions) AND EXISTS (SELECT FROM pg_depend d
      JOIN pg_constraint c ON c.oid = d.objid JOIN types dt ON dt.oid = c.contypid
      WHERE d.classid = 'pg_constraint'::regclass AND d.refclassid = 'pg_proc'::regclass)
    THEN 400 - y.level ELSE 200 - y.level END AS step,
    format('to_regtype(%L)', y.oid::regtype) AS exists,
    CASE y.typtype
      WHEN 'e' THEN format('CREATE TYPE %s AS ENUM (%s)', y.oid::regtype,
        (SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
          FROM pg_enum e WHERE e.enumtypid = y.oid))
      ELSE format('CREATE DOMAIN %s AS %s%s%s%s', y.oid::regtype,
        format_type(y.typbasetype, y.typtypmod), ' DEFAULT ' || y.standard,
        CASE WHEN y.typnotnull THEN ' NOT NULL' ELSE '' END,
        (SELECT string_agg(format(' CONSTRAINT %I %s', c.conname, pg_get_constraintdef(c.oid)), ''
            ORDER BY c.conname)
          FROM pg_constraint c WHERE c.contypid = y.oid AND c.contype = 'c')) END
      || coalesce((SELECT string_agg(r.sql, '' ORDER BY r.sql) FROM remarks r
        WHERE r.class = 'pg_type'::regclass AND r.oid = y.oid), '') AS sql
  FROM types y
  UNION ALL
  SELECT 300, format('to_regprocedure(%L)', f.oid::regprocedure), pg_get_functiondef(f.oid)
    || coalesce((SELECT r.sql FROM remarks r
      WHERE r.class = 'pg_proc'::regclass AND r.oid = f.oid), '')
  FROM functions f),
columns AS (
  SELECT a.attrelid AS relation, string_agg(quote_ident(a.attname) || ' '
    || format_type(a.atttypid, a.atttypmod)
    || CASE WHEN a.attcollation <> y.typcollation
      THEN format(' COLLATE %s', a.attcollation::regcollation) ELSE '' END
    -- A partition takes the sequence of its parent.
    || CASE WHEN a.attidentity <> '' AND n.oid IS NOT NULL
      THEN format(' GENERATED %s AS IDENTITY (SEQUENCE NAME %s %s)',
        CASE a.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END, n.oid::regclass, o.text)
      WHEN a.attgenerated <> '' THEN format(' GENERATED ALWAYS AS (%s)%s',
        pg_get_expr(f.adbin, f.adrelid),
        CASE a.attgenerated WHEN 's' THEN ' STORED' ELSE '' END)
      WHEN f.oid IS NOT NULL THEN ' DEFAULT ' || pg_get_expr(f.adbin, f.adrelid)
      ELSE '' END
    || CASE WHEN k.oid IS NULL THEN CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
      WHEN k.convalidated THEN format(' CONSTRAINT %I NOT NULL%s', k.conname,
        CASE WHEN k.connoinherit THEN ' NO INHERIT' ELSE '' END)
      ELSE '' END, ', ' ORDER BY a.attnum) AS text
  FROM pg_attribute a JOIN tree t ON t.oid = a.attrelid
  -- PostgreSQL 18 and later have an object for each NOT NULL.
  LEFT JOIN pg_constraint k ON k.conrelid = a.attrelid AND k.contype = 'n'
    AND k.conkey[1] = a.attnum
  JOIN pg_type y ON y.oid = a.atttypid
  LEFT JOIN pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum
  LEFT JOIN numbers n ON n.relation = a.attrelid AND n.number = a.attnum AND n.kind = 'i'
  LEFT JOIN options o ON o.oid = n.oid
  WHERE a.attnum > 0 AND NOT a.attisdropped GROUP BY a.attrelid),
-- Its membership in publications that name it. PostgreSQL 13 and 14 do not have the columns prattrs and
-- prqual; there, the two names stand for those of "none".
members AS (
  SELECT p.prpubid AS publication, p.prrelid AS relation,
    (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a
      WHERE a.attrelid = p.prrelid AND a.attnum = ANY (o.columns)) AS columns,
    pg_get_expr(o.condition, p.prrelid) AS condition
  FROM pg_publication_rel p JOIN tree t ON t.oid = p.prrelid
  CROSS JOIN (VALUES (NULL::int2vector, NULL::pg_node_tree)) none (prattrs, prqual)
  CROSS JOIN LATERAL (SELECT prattrs, prqual FROM pg_publication_rel r WHERE r.oid = p.oid)
    o (columns, condition)),
-- The rights on the table, its sequences and its schema. Restricted: the owner of the database owns
-- it and may have revoked rights from itself.
rights AS (
  SELECT CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind,
    c.oid::regclass::text AS name,
    coalesce(c.relacl, acldefault(CASE c.relkind WHEN 'S' THEN 's'::"char" ELSE 'r' END, c.relowner))
      AS acl,
    c.relacl IS NOT NULL AND c.relowner = b.datdba AS restricted
  FROM pg_class c JOIN pg_database b ON b.datname = current_database()
  WHERE c.oid IN (SELECT oid FROM tree UNION SELECT oid FROM numbers)
  UNION ALL
  SELECT 'SCHEMA', quote_ident(n.nspname), coalesce(n.nspacl, acldefault('n', n.nspowner)), false
  FROM pg_namespace n
  WHERE n.nspname <> 'public' AND n.oid IN (SELECT c.relnamespace FROM pg_class c
    JOIN tree t ON t.oid = c.oid))

SELECT 'TABLE' AS stage, 1 AS step, format('CREATE SCHEMA IF NOT EXISTS %I', n.nspname) AS sql
FROM pg_namespace n
WHERE n.nspname <> 'public' AND n.nspname NOT LIKE 'pg\_%' AND n.oid IN (
  SELECT c.relnamespace FROM pg_class c
  WHERE c.oid IN (SELECT oid FROM tree UNION SELECT oid FROM numbers)
  UNION SELECT namespace FROM functions UNION SELECT namespace FROM types
  UNION SELECT namespace FROM extensions)
UNION ALL
SELECT 'TABLE', 2, format('CREATE EXTENSION IF NOT EXISTS %I SCHEMA %s', x.name,
  x.namespace::regnamespace)
FROM extensions x
UNION ALL
SELECT 'TABLE', u.step, 'DO ' || quote_literal(format(
  'BEGIN IF %s IS NULL THEN EXECUTE %L; END IF; END', u.exists, u.sql))
FROM unless u
UNION ALL
SELECT 'TABLE', 500, format('CREATE %sSEQUENCE IF NOT EXISTS %s AS %s %s',
  CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END, o.oid::regclass,
  format_type(o.type, NULL), o.text)
FROM options o JOIN pg_class c ON c.oid = o.oid
WHERE o.oid NOT IN (SELECT oid FROM numbers WHERE kind = 'i')
UNION ALL
-- If a superuser made the access method, the other database may lack it, and this role may not create
-- it. Such a table then has the default one.
SELECT DISTINCT 'TABLE', 450, 'DO ' || quote_literal(format(
  'BEGIN IF NOT EXISTS (SELECT FROM pg_catalog.pg_am WHERE amname = %L) THEN '
  'CREATE ACCESS METHOD %I TYPE TABLE HANDLER %s; END IF; '
  'EXCEPTION WHEN insufficient_privilege OR undefined_function THEN NULL; END',
  m.name, m.name, m.handler))
FROM methods m
UNION ALL
SELECT 'TABLE', 600, CASE WHEN m.oid IS NULL THEN d.head || d.options ELSE
  'DO ' || quote_literal(format(
    'BEGIN IF EXISTS (SELECT FROM pg_catalog.pg_am WHERE amname = %L) THEN EXECUTE %L; '
    'ELSE EXECUTE %L; END IF; END',
    m.name, d.head || format(' USING %I', m.name) || d.options, d.head || d.options)) END
FROM tree t JOIN pg_class c ON c.oid = t.oid LEFT JOIN methods m ON m.relation = c.oid
CROSS JOIN LATERAL (VALUES (
  format('CREATE %sTABLE %s (%s)%s', CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END,
    c.oid::regclass, (SELECT text FROM columns WHERE relation = c.oid),
    ' PARTITION BY ' || pg_get_partkeydef(c.oid)),
  coalesce((SELECT ' WITH (' || string_agg(format('%s=%L', o.place || v.option_name, v.option_value), ', ')
      || ')'
    FROM (VALUES ('', c.reloptions),
      ('toast.', (SELECT x.reloptions FROM pg_class x WHERE x.oid = c.reltoastrelid)))
      o (place, options)
    CROSS JOIN LATERAL pg_options_to_table(o.options) v), ''))) d (head, options)
UNION ALL
SELECT 'TABLE', 700, format('ALTER TABLE %s ATTACH PARTITION %s %s', i.inhparent::regclass,
  c.oid::regclass, pg_get_expr(c.relpartbound, c.oid))
FROM tree t JOIN pg_class c ON c.oid = t.oid JOIN pg_inherits i ON i.inhrelid = c.oid
WHERE t.level > 0
UNION ALL
SELECT 'TABLE', 800, format('ALTER TABLE ONLY %s ALTER COLUMN %I SET %s', a.attrelid::regclass,
  a.attname, v.how)
FROM pg_attribute a JOIN tree t ON t.oid = a.attrelid JOIN pg_type y ON y.oid = a.atttypid
CROSS JOIN LATERAL (VALUES
  (CASE WHEN a.attstorage <> y.typstorage THEN 'STORAGE ' || CASE a.attstorage
    WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END END),
  (CASE WHEN a.attstattarget >= 0 THEN 'STATISTICS ' || a.attstattarget END),
  ((SELECT '(' || string_agg(format('%s=%L', option_name, option_value), ', ') || ')'
    FROM pg_options_to_table(a.attoptions)))) v (how)
WHERE a.attnum > 0 AND NOT a.attisdropped AND v.how IS NOT NULL

UNION ALL
-- These need something of the server. PostgreSQL 13 has no column attcompression.
SELECT 'STORAGE', 1, format('ALTER TABLE ONLY %s ALTER COLUMN %I SET COMPRESSION %s',
  a.attrelid::regclass, a.attname,
  CASE to_jsonb(a)->>'attcompression' WHEN 'p' THEN 'pglz' ELSE 'lz4' END)
FROM pg_attribute a JOIN tree t ON t.oid = a.attrelid
WHERE a.attnum > 0 AND NOT a.attisdropped AND to_jsonb(a)->>'attcompression' IN ('p', 'l')
UNION ALL
SELECT 'STORAGE', 2, format('ALTER TABLE %s SET TABLESPACE %I', c.oid::regclass, p.spcname)
FROM tree t JOIN pg_class c ON c.oid = t.oid JOIN pg_tablespace p ON p.oid = c.reltablespace
WHERE has_tablespace_privilege(p.oid, 'CREATE')

UNION ALL
SELECT 'KEYS', 1, format('ALTER SEQUENCE %s OWNED BY %s.%I', n.oid::regclass, n.relation::regclass,
  a.attname)
FROM numbers n JOIN pg_attribute a ON a.attrelid = n.relation AND a.attnum = n.number
WHERE n.kind = 'a'
UNION ALL
SELECT 'KEYS', 2, format('SELECT pg_catalog.setval(%L, %s)', n.oid::regclass,
  pg_sequence_last_value(n.oid))
FROM numbers n WHERE n.kind <> 'n' AND pg_sequence_last_value(n.oid) IS NOT NULL
UNION ALL
-- Partitions have keys and indexes of their own, which are attached to those of the parent.
SELECT 'KEYS', 3, format('ALTER TABLE ONLY %s ADD CONSTRAINT %I %s', c.conrelid::regclass,
  c.conname, pg_get_constraintdef(c.oid))
FROM pg_constraint c JOIN tree t ON t.oid = c.conrelid WHERE c.contype IN ('p', 'u', 'x')
UNION ALL
SELECT 'KEYS', 4, format('ALTER INDEX %s SET (%s)', x.oid::regclass,
  (SELECT string_agg(format('%s=%L', option_name, option_value), ', ')
    FROM pg_options_to_table(x.reloptions)))
FROM pg_constraint c JOIN indexes i ON i.oid = c.conindid AND i.relation = c.conrelid
JOIN pg_class x ON x.oid = i.oid
WHERE c.contype IN ('p', 'u', 'x') AND x.relkind = 'i' AND x.reloptions IS NOT NULL
UNION ALL
SELECT 'KEYS', 4, format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.conrelid::regclass, c.conname,
  pg_get_constraintdef(c.oid))
FROM pg_constraint c JOIN tree t ON t.oid = c.conrelid
WHERE (c.contype = 'c' OR c.contype = 'n' AND NOT c.convalidated) AND c.conislocal
UNION ALL
SELECT 'KEYS', 5, pg_get_indexdef(i.oid)
FROM indexes i
WHERE NOT EXISTS (SELECT FROM pg_constraint c
  WHERE c.conindid = i.oid AND c.contype IN ('p', 'u', 'x'))
UNION ALL
SELECT 'KEYS', 6, format('ALTER INDEX %s ATTACH PARTITION %s', h.inhparent::regclass,
  h.inhrelid::regclass)
FROM pg_inherits h JOIN indexes i ON i.oid = h.inhrelid WHERE i.level > 0
UNION ALL
SELECT 'KEYS', 7, format('ALTER INDEX %s ALTER COLUMN %s SET STATISTICS %s', i.oid::regclass,
  a.attnum, a.attstattarget)
FROM indexes i JOIN pg_attribute a ON a.attrelid = i.oid WHERE a.attstattarget >= 0
UNION ALL
SELECT 'KEYS', 7, format('ALTER TABLE %s CLUSTER ON %I', i.relation::regclass, x.relname)
FROM indexes i JOIN pg_class x ON x.oid = i.oid WHERE i.indisclustered
UNION ALL
SELECT 'KEYS', 7, format('ALTER TABLE ONLY %s REPLICA IDENTITY %s', c.oid::regclass,
  CASE c.relreplident WHEN 'n' THEN 'NOTHING' WHEN 'f' THEN 'FULL'
    ELSE (SELECT format('USING INDEX %I', x.relname)
      FROM indexes i JOIN pg_class x ON x.oid = i.oid
      WHERE i.relation = c.oid AND i.indisreplident) END)
FROM tree t JOIN pg_class c ON c.oid = t.oid
WHERE c.relreplident IN ('n', 'f') OR c.relreplident = 'i'
  AND EXISTS (SELECT FROM indexes i WHERE i.relation = c.oid AND i.indisreplident)
UNION ALL
SELECT 'KEYS', 8, pg_get_statisticsobjdef(s.oid)
FROM pg_statistic_ext s JOIN tree t ON t.oid = s.stxrelid
UNION ALL
SELECT 'KEYS', 9, format('ALTER STATISTICS %I.%I SET STATISTICS %s', n.nspname, s.stxname,
  s.stxstattarget)
FROM pg_statistic_ext s JOIN tree t ON t.oid = s.stxrelid
JOIN pg_namespace n ON n.oid = s.stxnamespace WHERE s.stxstattarget >= 0
UNION ALL
SELECT 'KEYS', 10, pg_get_ruledef(r.oid)
FROM pg_rewrite r JOIN tree t ON t.oid = r.ev_class WHERE r.rulename <> '_RETURN'
UNION ALL
SELECT 'KEYS', 10, pg_get_triggerdef(g.oid)
FROM pg_trigger g JOIN tree t ON t.oid = g.tgrelid WHERE NOT g.tgisinternal AND g.tgparentid = 0
UNION ALL
SELECT 'KEYS', 11 + e.level, format('ALTER TABLE %s %s %s %I', e.relation::regclass,
  CASE e.state WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS'
    ELSE 'ENABLE' END, e.kind, e.name)
FROM (
  SELECT t.level, r.ev_class AS relation, r.ev_enabled AS state, 'RULE' AS kind, r.rulename AS name,
    'O'::"char" AS parent
  FROM pg_rewrite r JOIN tree t ON t.oid = r.ev_class
  UNION ALL
  -- Versions differ in whether the state of a parent's trigger is also set for the partitions.
  SELECT t.level, g.tgrelid, g.tgenabled, 'TRIGGER', g.tgname, coalesce(p.tgenabled, 'O')
  FROM pg_trigger g JOIN tree t ON t.oid = g.tgrelid LEFT JOIN pg_trigger p ON p.oid = g.tgparentid
  -- Before PostgreSQL 15, the trigger of a partition is an internal one.
  WHERE NOT g.tgisinternal OR p.oid IS NOT NULL AND g.tgconstraint = 0) e
WHERE e.state <> 'O' OR e.parent <> 'O'

UNION ALL
SELECT 'REFERENCES', 1, format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.conrelid::regclass,
  c.conname, pg_get_constraintdef(c.oid))
FROM pg_constraint c JOIN tree t ON t.oid = c.conrelid
WHERE c.contype = 'f' AND c.conparentid = 0

UNION ALL
SELECT 'SERVER', 1, format('ALTER TABLE %s %s ROW LEVEL SECURITY', c.oid::regclass, v.how)
FROM tree t JOIN pg_class c ON c.oid = t.oid
CROSS JOIN LATERAL (VALUES ('ENABLE', c.relrowsecurity), ('FORCE', c.relforcerowsecurity))
  v (how, wanted)
WHERE v.wanted
UNION ALL
SELECT 'SERVER', 2, format('CREATE POLICY %I ON %s AS %s FOR %s TO %s%s%s', p.polname,
  p.polrelid::regclass, CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
  CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
    WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
  (SELECT string_agg(CASE WHEN o = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(o)) END, ', ')
    FROM unnest(p.polroles) o),
  ' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')',
  ' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')')
FROM pg_policy p JOIN tree t ON t.oid = p.polrelid
UNION ALL
-- All objects of the other database belong to the owner of the database. An owner of the table that
-- is another role keeps its rights by grants.
SELECT 'SERVER', 3, format('REVOKE ALL ON %s %s FROM CURRENT_USER', g.kind, g.name)
FROM rights g WHERE g.restricted
UNION ALL
SELECT 'SERVER', 4, format('GRANT %s ON %s %s TO %s%s', a.privilege_type, g.kind, g.name,
  CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END,
  CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
FROM rights g
CROSS JOIN LATERAL aclexplode(g.acl) a
WHERE g.restricted
  OR a.grantee <> (SELECT datdba FROM pg_database WHERE datname = current_database())
UNION ALL
SELECT 'SERVER', 5, format('GRANT %s (%I) ON TABLE %s TO %s%s', a.privilege_type, b.attname,
  b.attrelid::regclass,
  CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END,
  CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
FROM pg_attribute b JOIN tree t ON t.oid = b.attrelid
CROSS JOIN LATERAL aclexplode(b.attacl) a
WHERE NOT b.attisdropped
  AND a.grantee <> (SELECT datdba FROM pg_database WHERE datname = current_database())
UNION ALL
SELECT 'SERVER', 6, format('ALTER INDEX %s SET TABLESPACE %I', i.oid::regclass, p.spcname)
FROM indexes i JOIN pg_class x ON x.oid = i.oid JOIN pg_tablespace p ON p.oid = x.reltablespace
WHERE has_tablespace_privilege(p.oid, 'CREATE')
UNION ALL
-- The publications that name the table. They get no other tables: those are the snapshot's.
SELECT DISTINCT 'SERVER', 8, 'DO ' || quote_literal(format(
  'BEGIN IF NOT EXISTS (SELECT FROM pg_catalog.pg_publication WHERE pubname = %L) THEN '
  'CREATE PUBLICATION %I WITH (%s); END IF; END', b.pubname, b.pubname,
  concat_ws(', ', format('publish = %L', concat_ws(', ', CASE WHEN b.pubinsert THEN 'insert' END,
      CASE WHEN b.pubupdate THEN 'update' END, CASE WHEN b.pubdelete THEN 'delete' END,
      CASE WHEN b.pubtruncate THEN 'truncate' END)),
    CASE WHEN b.pubviaroot THEN 'publish_via_partition_root = true' END,
    CASE to_jsonb(b)->>'pubgencols' WHEN 's' THEN 'publish_generated_columns = stored' END)))
FROM members m JOIN pg_publication b ON b.oid = m.publication
UNION ALL
SELECT 'SERVER', 9, format('ALTER PUBLICATION %I ADD TABLE ONLY %s%s%s', b.pubname,
  m.relation::regclass, ' (' || m.columns || ')', ' WHERE ' || m.condition)
FROM members m JOIN pg_publication b ON b.oid = m.publication
UNION ALL
SELECT 'SERVER', 10, format('COMMENT ON %s %s IS %L',
  regexp_replace(i.type, '^table (?=c)| object$', ''), i.identity, d.description)
FROM pg_description d
CROSS JOIN LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) i
WHERE (d.classoid, d.objoid) IN (
  SELECT class, oid FROM parts
  UNION SELECT 'pg_class'::regclass, oid FROM tree
  UNION SELECT 'pg_class'::regclass, oid FROM numbers
  UNION SELECT 'pg_publication'::regclass, publication FROM members)
  AND i.type <> 'domain constraint'

UNION ALL
SELECT 'LABEL', 1, format('SECURITY LABEL FOR %I ON %s %s IS %L', l.provider,
  regexp_replace(i.type, '^table (?=c)', ''), i.identity, l.label)
FROM pg_seclabel l CROSS JOIN LATERAL pg_identify_object(l.classoid, l.objoid, l.objsubid) i
WHERE l.classoid = 'pg_class'::regclass
  AND l.objoid IN (SELECT oid FROM tree UNION SELECT oid FROM numbers)

UNION ALL
SELECT 'EXTENSION', 1, x.name::text
FROM extensions x
ORDER BY stage, step, sql
