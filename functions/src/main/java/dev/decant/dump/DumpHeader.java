package dev.decant.dump;

import dev.decant.postgres.DatabaseEncoding;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The information that a dump contains about itself.
 *
 * @param serverVersion the number after {@code Dumped from database version}, or null
 * @param dumpVersion the number after {@code Dumped by pg_dump version}, or null
 * @param database the database that CREATE DATABASE or \connect names, or null
 * @param rowSecurity whether the dump was made with --enable-row-security, so rows may be missing
 * @param encoding the encoding of a database for the text that the reader returns
 */
public record DumpHeader(
    @Nullable String serverVersion,
    @Nullable String dumpVersion,
    @Nullable String database,
    boolean rowSecurity,
    DatabaseEncoding encoding) {

  /** The comments at the beginning of a sanitized dump: the source's, without its times. */
  public byte[] text() {
    StringBuilder text = new StringBuilder("--\n-- PostgreSQL database dump\n--\n\n");
    if (serverVersion != null) {
      text.append(DumpComments.SERVER_VERSION).append(serverVersion).append('\n');
    }
    if (dumpVersion != null) {
      text.append(DumpComments.DUMP_VERSION).append(dumpVersion).append('\n');
    }
    text.append(serverVersion == null && dumpVersion == null ? "" : "\n");
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
