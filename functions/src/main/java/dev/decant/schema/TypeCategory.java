package dev.decant.schema;

/** The kinds of types that masks tell apart. A domain has the category of its base type. */
public enum TypeCategory {
  /** text, varchar, char, citext, name. */
  TEXT,
  SMALLINT,
  INTEGER,
  BIGINT,
  /** numeric; precision and scale where declared. */
  NUMERIC,
  /** real, double precision. */
  FLOAT,
  BOOLEAN,
  DATE,
  /** timestamp with or without time zone. */
  TIMESTAMP,
  TIME,
  INTERVAL,
  UUID,
  BYTEA,
  /** json, jsonb. */
  JSON,
  XML,
  HSTORE,
  INET,
  CIDR,
  MACADDR,
  TSVECTOR,
  ENUM,
  ARRAY,
  POINT,
  RANGE,
  COMPOSITE,
  OTHER
}
