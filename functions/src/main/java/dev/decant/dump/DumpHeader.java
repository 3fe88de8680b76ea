package dev.decant.dump;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a dump says about itself.
 *
 * @param serverVersion the number after {@code Dumped from database version}, or null
 * @param dumpVersion the number after {@code Dumped by pg_dump version}, or null
 * @param database the database that CREATE DATABASE or \connect names, or null
 * @param rowSecurity the dump was made with --enable-row-security: rows may be missing
 */
public record DumpHeader(
    @Nullable String serverVersion,
    @Nullable String dumpVersion,
    @Nullable String database,
    boolean rowSecurity) {

  /** The comments that a sanitized dump begins with: the source's, without its times. */
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
