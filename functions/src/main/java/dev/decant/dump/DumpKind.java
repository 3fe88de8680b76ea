package dev.decant.dump;

/** The program that wrote a file, as far as its comments show it. It decides how the file ends. */
enum DumpKind {
  /** A file without the header of pg_dump. It may end after any statement. */
  SCRIPT,
  /** A dump of pg_dump, which ends with a footer. */
  DATABASE,
  /** A dump of pg_dumpall: roles, then a dump of each database, then a footer of its own. */
  CLUSTER
}
