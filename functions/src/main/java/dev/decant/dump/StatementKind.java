package dev.decant.dump;

/**
 * The kinds of statements and meta-commands that a dump may hold. Each says what becomes of it in
 * the output and when a scratch database runs it. A statement of no kind is an error.
 */
public enum StatementKind {
  /** CREATE TABLE. */
  TABLE(Output.KEEP, Scratch.SCHEMA);

  private final Output output;
  private final Scratch scratch;

  StatementKind(Output output, Scratch scratch) {
    this.output = output;
    this.scratch = scratch;
  }

  public Output output() {
    return output;
  }

  public Scratch scratch() {
    return scratch;
  }

  /** What becomes of a statement in the sanitized dump. */
  public enum Output {
    /** Travels, after what must not travel was taken out of its text. */
    KEEP,
    /** Does not travel. */
    DROP
  }

  /** When a scratch database runs a statement. */
  public enum Scratch {
    /**
     * In order, before rows or after them: types, tables, functions, views, sequences and their
     * values.
     */
    SCHEMA,
    /**
     * After the rows: it can reject a row: keys, UNIQUE, EXCLUDE, CHECK, unique and expression
     * indexes.
     */
    CONSTRAINT,
    /** After all constraints, in order: attaching indexes of partitions. */
    ATTACH,
    /** After that: foreign keys. */
    FOREIGN_KEY,
    /** Only where everything is verified: plain indexes, triggers, rules, policies, refreshes. */
    FULL,
    /** Never. */
    NEVER
  }
}
