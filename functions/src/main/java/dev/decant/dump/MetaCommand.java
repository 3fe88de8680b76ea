package dev.decant.dump;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A psql meta-command of a dump.
 *
 * @param argument the key of a restriction, the name of a database or of an encoding, {@code on} or
 *     {@code off}, or an empty text
 */
record MetaCommand(Name name, String argument) {
  enum Name {
    RESTRICT,
    UNRESTRICT,
    CONNECT,
    ERROR_STOP,
    /** \\encoding, which is SET client_encoding. */
    ENCODING,
    /** A command that only changes what psql shows. */
    DISPLAY
  }

  private static final Pattern RESTRICTION =
      Pattern.compile("\\\\(un)?restrict\\s+([A-Za-z0-9]+)\\s*");
  // Possessive quantifiers: otherwise a name of several megabytes would overflow the stack.
  private static final Pattern CONNECT =
      Pattern.compile(
          "\\\\(?:c|connect)\\s+(?:-reuse-previous=(?:on|off)\\s+)?"
              + "(?:\"(?<quoted>(?:[^\"]++|\"\")++)\"|(?<bare>[^\\s\"'\\\\;]+))"
              + "(?:\\s+[^\\s\"'\\\\]+){0,3}[\\s;]*");
  private static final Pattern CONNECTION_STRING =
      Pattern.compile("dbname=(?:'(?<quoted>(?:[^'\\\\]++|\\\\.)*+)'|(?<bare>[^\\s'\\\\]+))");
  private static final Pattern ERROR_STOP =
      Pattern.compile("\\\\set\\s+ON_ERROR_STOP\\s+(?:on|1|(off|0))\\s*");

  private static final Pattern ENCODING =
      Pattern.compile("\\\\encoding\\s+'?([A-Za-z0-9_-]+)'?\\s*");

  /**
   * Commands of people's scripts. The variables of \\set have upper-case letters because psql's own
   * variables do, and no text of a script uses those.
   */
  private static final Pattern DISPLAY =
      Pattern.compile(
          "\\\\(?:set\\s+[A-Z_]+(?:\\s.*)?|(?:echo|qecho|warn|timing|pset|conninfo|errverbose|x|a|t)"
              + "(?:\\s.*)?)");

  /** Returns null for a command that decant does not know. */
  static @Nullable MetaCommand parse(String line) {
    Matcher restriction = RESTRICTION.matcher(line);
    if (restriction.matches()) {
      return new MetaCommand(
          restriction.group(1) == null ? Name.RESTRICT : Name.UNRESTRICT, restriction.group(2));
    }
    Matcher errorStop = ERROR_STOP.matcher(line);
    if (errorStop.matches()) {
      return new MetaCommand(Name.ERROR_STOP, errorStop.group(1) == null ? "on" : "off");
    }
    Matcher encoding = ENCODING.matcher(line);
    if (encoding.matches()) {
      return new MetaCommand(Name.ENCODING, encoding.group(1));
    }
    if (DISPLAY.matcher(line).matches() && !line.contains("`")) {
      return new MetaCommand(Name.DISPLAY, "");
    }
    Matcher connect = CONNECT.matcher(line);
    return connect.matches() ? new MetaCommand(Name.CONNECT, database(connect)) : null;
  }

  private static String database(Matcher connect) {
    String quoted = connect.group("quoted");
    String name = quoted == null ? connect.group("bare") : quoted.replace("\"\"", "\"");
    Matcher string = CONNECTION_STRING.matcher(name);
    if (!string.matches()) {
      return name;
    }
    String value = string.group("quoted");
    return value == null ? string.group("bare") : value.replaceAll("\\\\(.)", "$1");
  }

  StatementKind kind() {
    return switch (name) {
      case RESTRICT, UNRESTRICT -> StatementKind.RESTRICT;
      case CONNECT -> StatementKind.CONNECT;
      case ERROR_STOP -> StatementKind.ERROR_STOP;
      case ENCODING, DISPLAY -> StatementKind.IGNORED;
    };
  }
}
