package dev.decant.dump;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the comments between statements: the header, the comment of the table of contents (TOC)
 * that precedes a statement, and the footer. They are only hints, because the name of a table can
 * look like a comment. Only the header and the footer decide something: whether the dump is
 * complete. Several dumps may follow each other, each with its own header and footer.
 */
final class DumpComments {
  static final String SERVER_VERSION = "-- Dumped from database version ";
  static final String DUMP_VERSION = "-- Dumped by pg_dump version ";
  static final String FOOTER = "-- PostgreSQL database dump complete";

  private static final String TITLE = "-- PostgreSQL database dump";
  private static final String CLUSTER = "-- PostgreSQL database cluster dump";
  private static final String CLUSTER_FOOTER = CLUSTER + " complete";

  private static final List<String> ENTRIES =
      List.of("-- Name: ", "-- Data for Name: ", "-- Statistics for Name: ");

  private static final String OWNER = "; Owner: ";

  /** The fields of a TOC comment after the name, in this order. */
  private static final List<String> FIELDS = List.of("; Type: ", "; Schema: ", OWNER);

  /** Matches {@code 15.18}, {@code 18beta1}, {@code 9.6.24}, without a packager's addition. */
  private static final Pattern VERSION =
      Pattern.compile("[0-9]{1,5}(?:\\.[0-9]{1,5}){0,3}(?:(?:devel|alpha|beta|rc)[0-9]{0,3})?+");

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
  private boolean anyStatement;
  private boolean titled;
  private boolean cluster;
  private Footer footer = Footer.NONE;
  private Footer clusterFooter = Footer.NONE;

  /** Reads a comment line, from its {@code --} to its line end. */
  void line(byte[] bytes, int from, int to) {
    boolean carriageReturn = to > from && bytes[to - 1] == '\r';
    String text =
        new String(bytes, from, to - from - (carriageReturn ? 1 : 0), StandardCharsets.UTF_8);
    if (text.equals("--")) {
      footer = footer == Footer.BEGUN ? Footer.COMPLETE : footer;
      clusterFooter = clusterFooter == Footer.BEGUN ? Footer.COMPLETE : clusterFooter;
    } else if (text.equals(FOOTER)) {
      footer = Footer.BEGUN;
    } else if (text.equals(CLUSTER_FOOTER)) {
      clusterFooter = Footer.BEGUN;
    } else if (text.equals(TITLE)) {
      title();
    } else if (text.equals(CLUSTER)) {
      cluster = true;
    } else if (isEntry(text)) {
      entry = text;
      lineEnd = carriageReturn ? "\r\n" : "\n";
      anyEntry = true;
    } else {
      header(text);
    }
  }

  /** A title in the middle of a script belongs to a pasted part of a dump, and means nothing. */
  private void title() {
    if (!anyStatement || footer == Footer.COMPLETE || cluster) {
      titled = true;
      footer = Footer.NONE;
    }
  }

  /** Remembers that a statement begins. */
  void statement() {
    anyStatement = true;
  }

  boolean anyStatement() {
    return anyStatement;
  }

  private void header(String text) {
    if (anyEntry) {
      return;
    }
    if (serverVersion == null && text.startsWith(SERVER_VERSION)) {
      serverVersion = version(text.substring(SERVER_VERSION.length()));
    } else if (dumpVersion == null && text.startsWith(DUMP_VERSION)) {
      dumpVersion = version(text.substring(DUMP_VERSION.length()));
    }
  }

  private static boolean isEntry(String text) {
    if (ENTRIES.stream().noneMatch(text::startsWith)) {
      return false;
    }
    int at = 0;
    for (String field : FIELDS) {
      int found = text.indexOf(field, at);
      if (found < 0) {
        return false;
      }
      at = found + field.length();
    }
    return true;
  }

  /** Takes only the number, because the output gets a new line with it and nothing else. */
  private static @Nullable String version(String text) {
    Matcher matcher = VERSION.matcher(text);
    return matcher.lookingAt() ? matcher.group() : null;
  }

  @Nullable String serverVersion() {
    return serverVersion;
  }

  @Nullable String dumpVersion() {
    return dumpVersion;
  }

  /** Whether there was a TOC comment. The DROP statements of --clean precede the first one. */
  boolean anyEntry() {
    return anyEntry;
  }

  /** The kind of the file, as far as it was read. */
  DumpKind kind() {
    if (cluster) {
      return DumpKind.CLUSTER;
    }
    boolean versioned = serverVersion != null || dumpVersion != null;
    return titled && (versioned || anyEntry) ? DumpKind.DATABASE : DumpKind.SCRIPT;
  }

  /** Whether the footer that belongs to the last header was read. */
  boolean complete() {
    boolean all = !cluster || clusterFooter == Footer.COMPLETE;
    return footer == Footer.COMPLETE && all;
  }

  /** Returns the TOC comment for the statement that follows it, and forgets it. */
  byte[] takeEntry() {
    if (entry == null) {
      return new byte[0];
    }
    String text = "--" + lineEnd + withoutOwner(entry) + lineEnd + "--" + lineEnd + lineEnd;
    entry = null;
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Cuts at the first {@code ; Owner: }, because the name of an owner can contain this text too. If
   * the name of a table contains it, a part of that name is lost in the comment only.
   */
  private static String withoutOwner(String text) {
    return text.substring(0, text.indexOf(OWNER)) + OWNER + '-';
  }
}
