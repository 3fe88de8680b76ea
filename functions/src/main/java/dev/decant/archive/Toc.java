package dev.decant.archive;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The header and the table of contents of an archive. The layout is that of pg_backup_archiver.c of
 * PostgreSQL.
 */
record Toc(ArchiveHeader header, List<TocEntry> entries) {
  /** A statement that sets a column's statistics contains values of rows. */
  private static final String STATISTICS = "STATISTICS DATA";

  private static final Set<String> HAVE_DATA = Set.of("TABLE DATA", "BLOBS");

  /** Reads the beginning of the archive, and no byte more. */
  static Toc read(ArchiveInput input) {
    ArchiveHeader header = ArchiveHeader.read(input);
    int count = input.integer();
    if (count < 0) {
      throw ArchiveProblem.damaged(input.name(), "the number of its entries is negative");
    }
    List<TocEntry> entries = new ArrayList<>();
    Set<Integer> ids = new HashSet<>();
    Set<String> files = new HashSet<>();
    for (int i = 0; i < count; i++) {
      TocEntry entry = entry(input, header);
      if (entry.hasData() && !HAVE_DATA.contains(entry.label().type())) {
        throw ArchiveProblem.damaged(input.name(), "an entry that cannot have data has data");
      }
      if (entry.hasData()
          && (!ids.add(entry.id()) || (!entry.file().isEmpty() && !files.add(entry.file())))) {
        throw ArchiveProblem.damaged(input.name(), "two of its entries have the same data");
      }
      if (!entry.is(STATISTICS)) {
        entries.add(entry);
      }
    }
    return new Toc(header, entries);
  }

  private static TocEntry entry(ArchiveInput input, ArchiveHeader header) {
    int id = input.integer();
    boolean hasData = input.integer() != 0;
    var _ = input.skipText(); // the OID of the catalog
    var _ = input.skipText(); // the OID of the object
    String tag = input.textOrEmpty();
    String type = input.textOrEmpty();
    var _ = input.integer(); // the section, which follows from the order of the entries
    String definition = "";
    if (type.equals(STATISTICS)) {
      var _ = input.skipText();
    } else {
      definition = input.textOrEmpty();
    }
    var _ = input.skipText(); // the DROP statement
    String copy = input.textOrEmpty();
    TocEntry.Label label = new TocEntry.Label(tag, type, input.textOrEmpty());
    TocEntry.Storage storage = storage(input, header.minor());
    var _ = input.skipText(); // the owner
    if ("true".equals(input.text()) && hasData) {
      throw ArchiveProblem.unsupported(
          input.name(),
          "has rows with OIDs in "
              + label.shown()
              + ". Run ALTER TABLE … SET WITHOUT OIDS in the database, and dump it again.");
    }
    while (input.skipText()) {
      // The numbers of the entries that this one depends on.
    }
    boolean custom = header.format() == ArchiveHeader.CUSTOM;
    return new TocEntry(
        id,
        label,
        definition,
        copy,
        storage,
        hasData,
        custom ? input.offset() : -1,
        custom ? "" : input.textOrEmpty());
  }

  private static TocEntry.Storage storage(ArchiveInput input, int minor) {
    return new TocEntry.Storage(
        input.text(),
        minor >= ArchiveHeader.WITH_ACCESS_METHODS ? input.textOrEmpty() : "",
        minor >= ArchiveHeader.WITH_KINDS && input.integer() == 'p');
  }

  /** The value in quotes of an entry such as {@code SET client_encoding = 'UTF8';}. */
  String setting(String type, String otherwise) {
    for (TocEntry entry : entries) {
      if (entry.is(type)) {
        String[] parts = entry.definition().split("'", -1);
        return parts.length == 3 ? parts[1] : otherwise;
      }
    }
    return otherwise;
  }

  /** The statement that sets search_path. Archives of old versions do not have it. */
  String searchPath() {
    return entries.stream()
        .filter(entry -> entry.is("SEARCHPATH"))
        .map(TocEntry::definition)
        .findFirst()
        .orElse("");
  }
}
