package dev.decant.dump;

import java.util.Set;

/**
 * A type to which an INSERT statement casts a constant. COPY gives the text of the constant to the
 * type of the column. This is the same as long as the cast changes no value, so casts to types that
 * cut a value, that have a length, or that look up an object by its name are not read.
 */
final class CastType {
  private static final Set<String> CHANGES_VALUES =
      Set.of(
          "bit",
          "bpchar",
          "char",
          "character",
          "name",
          "nchar",
          "national",
          "regclass",
          "regcollation",
          "regconfig",
          "regdictionary",
          "regnamespace",
          "regoper",
          "regoperator",
          "regproc",
          "regprocedure",
          "regrole",
          "regtype");

  private static final Set<String> INTEGERS =
      Set.of("int2", "int4", "int8", "smallint", "integer", "int", "bigint", "oid");

  private static final Set<String> NUMBERS =
      Set.of("numeric", "decimal", "float4", "float8", "real", "double", "float", "money");

  private CastType() {}

  /**
   * Moves past the name of a type that keeps the value of a constant.
   *
   * @return false if no such type follows
   */
  static boolean accept(SqlCursor cursor, InsertValue.Kind constant) {
    cursor.skipBlanks();
    boolean quoted = cursor.peek() == '"';
    String name = cursor.identifier();
    boolean qualified = name != null && cursor.accept('.');
    if (qualified) {
      name = cursor.identifier();
    }
    if (name == null || (quoted && !qualified && name.equals("char"))) {
      return false;
    }
    boolean varying = moreWords(cursor, name);
    if (!varying && CHANGES_VALUES.contains(name)) {
      return false;
    }
    boolean array = dimensions(cursor);
    return cursor.peekAfterBlanks() != '(' && suits(constant, name, array);
  }

  /** Moves past the further words of a type's name. Returns whether it is VARYING. */
  private static boolean moreWords(SqlCursor cursor, String name) {
    switch (name) {
      case "double" -> cursor.accept("precision");
      case "timestamp", "time" -> {
        var _ = cursor.accept("with", "time", "zone") || cursor.accept("without", "time", "zone");
      }
      case "character", "char", "bit", "nchar" -> {
        return cursor.accept("varying");
      }
      default -> {}
    }
    return false;
  }

  private static boolean dimensions(SqlCursor cursor) {
    boolean any = false;
    while (cursor.accept('[')) {
      cursor.skipBlanks();
      while (cursor.peek() >= '0' && cursor.peek() <= '9') {
        cursor.at++;
      }
      if (!cursor.accept(']')) {
        return any;
      }
      any = true;
    }
    return any;
  }

  private static boolean suits(InsertValue.Kind constant, String name, boolean array) {
    return switch (constant) {
      case NULL, STRING -> true;
      case INTEGER -> !array && (INTEGERS.contains(name) || NUMBERS.contains(name));
      case NUMBER -> !array && NUMBERS.contains(name);
      case BOOLEAN -> !array && (name.equals("boolean") || name.equals("bool"));
      case ARRAY -> array;
      case RECORD -> !array;
      case DEFAULT, NOW, TODAY, NEXT, NONE -> false;
    };
  }
}
