package dev.decant.schema;

/** The kinds of types that masks distinguish. A domain has the category of its base type. */
public enum TypeCategory {
  /** The types text, varchar, char, citext and name. */
  TEXT,
  SMALLINT,
  INTEGER,
  BIGINT,
  /** The type numeric, with or without precision and scale. */
  NUMERIC,
  /** The types real and double precision. */
  FLOAT,
  BOOLEAN,
  DATE,
  /** The type timestamp with or without time zone. */
  TIMESTAMP,
  TIME,
  INTERVAL,
  UUID,
  BYTEA,
  /** The types json and jsonb. */
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
