package dev.decant.dump;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the comments between statements: the header, the TOC comment of the next statement, the
 * footer. They are hints (a table's name may look like one); only the footer decides anything:
 * whether the dump is whole.
 */
final class DumpComments {
  static final String SERVER_VERSION = "-- Dumped from database version ";
  static final String DUMP_VERSION = "-- Dumped by pg_dump version ";
  static final String FOOTER = "-- PostgreSQL database dump complete";

  private static final String CLUSTER = "-- PostgreSQL database cluster dump";

  private static final Pattern ENTRY =
      Pattern.compile("-- (?:(?:Data|Statistics) for )?Name: .*; Type: .*; Schema: .*; Owner: .*");

  private static final String OWNER = "; Owner: ";

  private enum Footer {
    NONE,
    BEGUN,
    COMPLETE
  }

  private @Nullable String serverVersion;
  private @Nullable String dumpVersion;
  private @Nullable String entry;
  private String lineEnd = "\n";
  private boolean anyEntry;
  private Footer footer = Footer.NONE;

  /** A comment line, from its {@code --} to its line end. */
  void line(byte[] bytes, int from, int to, long line) {
    boolean carriageReturn = to > from && bytes[to - 1] == '\r';
    String text =
        new String(bytes, from, to - from - (carriageReturn ? 1 : 0), StandardCharsets.UTF_8);
    if (footer == Footer.BEGUN && text.equals("--")) {
      footer = Footer.COMPLETE;
    } else if (text.equals(FOOTER)) {
      footer = Footer.BEGUN;
    } else if (ENTRY.matcher(text).matches()) {
      entry = text;
      lineEnd = carriageReturn ? "\r\n" : "\n";
      anyEntry = true;
    } else {
      header(text, line);
    }
  }

  private void header(String text, long line) {
    if (anyEntry) {
      return;
    }
    if (text.equals(CLUSTER)) {
      throw DumpProblem.unsupported(
          line,
          "this is a dump of a whole cluster. Dump one database with pg_dump in place of"
              + " pg_dumpall");
    }
    if (serverVersion == null && text.startsWith(SERVER_VERSION)) {
      serverVersion = text.substring(SERVER_VERSION.length());
    } else if (dumpVersion == null && text.startsWith(DUMP_VERSION)) {
      dumpVersion = text.substring(DUMP_VERSION.length());
    }
  }

  @Nullable String serverVersion() {
    return serverVersion;
  }

  @Nullable String dumpVersion() {
    return dumpVersion;
  }

  /** Whether a TOC comment was seen: a DROP block ends before the first. */
  boolean anyEntry() {
    return anyEntry;
  }

  boolean footerBegun() {
    return footer != Footer.NONE;
  }

  boolean complete() {
    return footer == Footer.COMPLETE;
  }

  /** Takes the TOC comment for the statement that follows it. */
  byte[] takeEntry() {
    if (entry == null) {
      return new byte[0];
    }
    String text = "--" + lineEnd + withoutOwner(entry) + lineEnd + "--" + lineEnd + lineEnd;
    entry = null;
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * From the first mark on: an owner's name may itself hold {@code ; Owner: }, and what a cut too
   * early loses of a table's name stands in the statement as well.
   */
  private static String withoutOwner(String text) {
    return text.substring(0, text.indexOf(OWNER)) + OWNER + '-';
  }
}
