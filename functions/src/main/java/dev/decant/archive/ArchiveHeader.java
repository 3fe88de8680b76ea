package dev.decant.archive;

import org.jspecify.annotations.Nullable;

/**
 * The beginning of an archive, up to its table of contents.
 *
 * @param minor the archive version is 1.minor
 * @param format 1 for custom; 3 or 5 for the toc.dat of the other formats
 * @param serverVersion the version of the server, or null
 * @param dumpVersion the version of pg_dump, or null
 */
record ArchiveHeader(
    int minor,
    int format,
    Compression compression,
    @Nullable String serverVersion,
    @Nullable String dumpVersion) {
  static final int CUSTOM = 1;

  /** From this version on, entries name the access method of a table. */
  static final int WITH_ACCESS_METHODS = 14;

  /** From this version on, the header names the algorithm of the compression. */
  private static final int WITH_ALGORITHM = 15;

  /** From this version on, entries have the kind of a relation. */
  static final int WITH_KINDS = 16;

  private static final String MAGIC = "PGDMP";
  private static final int OLDEST = 12;
  private static final int NEWEST = 16;
  private static final int PARTS_OF_TIME = 7;

  static ArchiveHeader read(ArchiveInput input) {
    for (int i = 0; i < MAGIC.length(); i++) {
      if (input.next() != MAGIC.charAt(i)) {
        throw ArchiveProblem.damaged(input.name(), "it does not begin with " + MAGIC);
      }
    }
    int minor = minor(input);
    input.sizes(input.next(), input.next());
    int format = input.next();
    Compression compression = compression(input, minor);
    for (int i = 0; i < PARTS_OF_TIME; i++) {
      var _ = input.integer();
    }
    var _ = input.skipText(); // the database
    return new ArchiveHeader(minor, format, compression, input.text(), input.text());
  }

  private static int minor(ArchiveInput input) {
    int major = input.next();
    int minor = input.next();
    var _ = input.next(); // the revision
    if (major != 1 || minor < OLDEST || minor > NEWEST) {
      throw ArchiveProblem.unsupported(
          input.name(),
          "has the archive version "
              + major
              + '.'
              + minor
              + ", but decant reads 1.12 to 1.16, which pg_dump 9.0 to 18 write. Dump the database"
              + " with pg_dump 18.");
    }
    return minor;
  }

  private static Compression compression(ArchiveInput input, int minor) {
    if (minor < WITH_ALGORITHM) {
      return input.integer() == 0 ? Compression.NONE : Compression.GZIP;
    }
    return switch (input.next()) {
      case 0 -> Compression.NONE;
      case 1 -> Compression.GZIP;
      case 2 -> Compression.LZ4;
      case 3 -> Compression.ZSTD;
      default ->
          throw ArchiveProblem.unsupported(
              input.name(),
              "has a compression that decant does not know. Dump the database with pg_dump -Z zstd"
                  + " or -Z gzip.");
    };
  }
}
