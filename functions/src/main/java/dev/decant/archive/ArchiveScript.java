package dev.decant.archive;

import dev.decant.postgres.Quoting;
import dev.decant.stream.TextSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes an archive as the text that {@code pg_restore --no-owner -f -} prints. The format is that
 * of RestoreArchive in pg_backup_archiver.c of PostgreSQL 18. As there, statements about the
 * database itself are left out. The values of statistics are left out as well.
 */
final class ArchiveScript {
  private static final Set<String> SETTINGS = Set.of("ENCODING", "STDSTRINGS", "SEARCHPATH");
  private static final Set<String> DATABASE = Set.of("DATABASE", "DATABASE PROPERTIES");
  private static final Set<String> ABOUT_OTHERS = Set.of("ACL", "COMMENT", "SECURITY LABEL");
  private static final Set<String> ACL = Set.of("ACL", "ACL LANGUAGE", "DEFAULT ACL");
  private static final Set<String> LAST = Set.of("EVENT TRIGGER", "MATERIALIZED VIEW DATA");

  private final String name;
  private final Toc toc;
  private final ArchiveData data;
  private final TextSink sink;
  private final String searchPath;
  private final boolean standardStrings;
  private String schema = "";
  private @Nullable String tablespace;
  private String accessMethod = "";

  ArchiveScript(String name, Toc toc, ArchiveData data, TextSink sink) {
    this.name = name;
    this.toc = toc;
    this.data = data;
    this.sink = sink;
    this.searchPath = toc.searchPath();
    this.standardStrings = !toc.setting("STDSTRINGS", "on").equals("off");
  }

  void write() {
    head();
    entries(entry -> !isAcl(entry) && !isLast(entry));
    entries(ArchiveScript::isAcl);
    entries(ArchiveScript::isLast);
    sink.write("--\n-- PostgreSQL database dump complete\n--\n\n");
  }

  private void head() {
    sink.write("--\n-- PostgreSQL database dump\n--\n\n");
    version("-- Dumped from database version ", toc.header().serverVersion());
    version("-- Dumped by pg_dump version ", toc.header().dumpVersion());
    sink.write(
        "\nSET statement_timeout = 0;\nSET lock_timeout = 0;\n"
            + "SET idle_in_transaction_session_timeout = 0;\n"
            + "SET client_encoding = '"
            + toc.setting("ENCODING", "UTF8")
            + "';\nSET standard_conforming_strings = "
            + (standardStrings ? "on" : "off")
            + ";\n"
            + searchPath
            + "SET check_function_bodies = false;\nSET xmloption = content;\n"
            + "SET client_min_messages = warning;\n"
            + (standardStrings ? "" : "SET escape_string_warning = off;\n")
            + "SET row_security = off;\n\n");
  }

  private void version(String comment, @Nullable String version) {
    if (version != null) {
      sink.write(comment + oneLine(version) + '\n');
    }
  }

  private void entries(Predicate<TocEntry> wanted) {
    for (TocEntry entry : toc.entries()) {
      if (wanted.test(entry) && !isSkipped(entry)) {
        entry(entry);
      }
    }
  }

  private static boolean isAcl(TocEntry entry) {
    return ACL.contains(entry.label().type());
  }

  private static boolean isLast(TocEntry entry) {
    return LAST.contains(entry.label().type())
        || (entry.is("COMMENT") && entry.label().tag().startsWith("EVENT TRIGGER "));
  }

  private static boolean isSkipped(TocEntry entry) {
    String type = entry.label().type();
    return SETTINGS.contains(type)
        || DATABASE.contains(type)
        || (ABOUT_OTHERS.contains(type) && entry.label().tag().startsWith("DATABASE "));
  }

  private void entry(TocEntry entry) {
    if (!entry.hasData()) {
      if (!entry.definition().isEmpty()) {
        definition(entry, "");
      }
      return;
    }
    definition(entry, "Data for ");
    if (entry.isLargeObjects()) {
      largeObjects(entry);
    } else {
      rows(entry);
    }
  }

  private void definition(TocEntry entry, String prefix) {
    selectSchema(entry.label().schema());
    selectStorage(entry.storage());
    comment(entry, prefix);
    if (entry.is("BLOB METADATA")) {
      entry
          .definition()
          .lines()
          .forEach(oid -> sink.write("SELECT pg_catalog.lo_create('" + oid + "');\n"));
      sink.write("\n");
    } else if (!entry.definition().isEmpty()) {
      sink.write(entry.definition());
      sink.write("\n\n");
    }
    if (entry.storage().partitioned() && !entry.storage().accessMethod().isEmpty()) {
      sink.write(
          "ALTER TABLE "
              + qualified(entry.label())
              + " SET ACCESS METHOD "
              + Quoting.identifier(entry.storage().accessMethod())
              + ";\n\n");
    }
  }

  private void comment(TocEntry entry, String prefix) {
    TocEntry.Label label = entry.label();
    String place = entry.storage().tablespace();
    sink.write(
        "--\n-- "
            + prefix
            + "Name: "
            + oneLine(label.tag())
            + "; Type: "
            + oneLine(label.type())
            + "; Schema: "
            + (label.schema().isEmpty() ? "-" : oneLine(label.schema()))
            + "; Owner: -"
            + (place == null || place.isEmpty() ? "" : "; Tablespace: " + oneLine(place))
            + "\n--\n\n");
  }

  /** Archives of old versions have no SEARCHPATH, and their statements expect the schema. */
  private void selectSchema(String wanted) {
    if (searchPath.isEmpty() && !wanted.isEmpty() && !wanted.equals(schema)) {
      schema = wanted;
      sink.write(
          "SET search_path = "
              + Quoting.identifierIfNeeded(wanted)
              + (wanted.equals("pg_catalog") ? "" : ", pg_catalog")
              + ";\n\n");
    }
  }

  private void selectStorage(TocEntry.Storage storage) {
    String wanted = storage.tablespace();
    if (wanted != null && !wanted.equals(tablespace)) {
      tablespace = wanted;
      String shown = wanted.isEmpty() ? "''" : Quoting.identifier(wanted);
      sink.write("SET default_tablespace = " + shown + ";\n\n");
    }
    String method = storage.accessMethod();
    if (!method.isEmpty() && !storage.partitioned() && !method.equals(accessMethod)) {
      accessMethod = method;
      String shown = Quoting.identifierIfNeeded(method);
      sink.write("SET default_table_access_method = " + shown + ";\n\n");
    }
  }

  private void rows(TocEntry entry) {
    sink.write(entry.copy());
    CopyEnd end = new CopyEnd();
    try (InputStream rows = data.rows(entry)) {
      sink.transfer(rows, end.last());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the streams of this package throw none
    }
    if (!entry.copy().isEmpty() && !end.isThere()) {
      throw ArchiveProblem.cut(
          name,
          "within the rows of " + entry.label().shown() + ", because their end mark is absent");
    }
  }

  private void largeObjects(TocEntry entry) {
    sink.write("BEGIN;\n\n");
    data.largeObjects(entry, new LargeObjectText(sink, standardStrings));
    sink.write("COMMIT;\n\n");
  }

  private static String qualified(TocEntry.Label label) {
    String table = Quoting.identifier(label.tag());
    return label.schema().isEmpty() ? table : Quoting.identifier(label.schema()) + '.' + table;
  }

  private static String oneLine(String text) {
    return text.replace('\n', ' ').replace('\r', ' ');
  }
}
