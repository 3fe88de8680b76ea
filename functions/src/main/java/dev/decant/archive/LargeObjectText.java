package dev.decant.archive;

import dev.decant.stream.TextSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;

/** Writes large objects as calls of the server's lo functions. */
final class LargeObjectText implements ArchiveData.Target {
  /** The bytes of one call, as in pg_restore. */
  private static final int PIECE = 16 * 1024;

  private static final int FOR_WRITING = 131072;

  private final TextSink sink;
  private final String literal;

  LargeObjectText(TextSink sink, boolean standardStrings) {
    this.sink = sink;
    this.literal = standardStrings ? "'\\x" : "'\\\\x";
  }

  @Override
  public void object(int oid, InputStream bytes) {
    sink.write(
        "SELECT pg_catalog.lo_open('"
            + Integer.toUnsignedString(oid)
            + "', "
            + FOR_WRITING
            + ");\n");
    for (byte[] piece = read(bytes); piece.length > 0; piece = read(bytes)) {
      String hex = HexFormat.of().formatHex(piece);
      sink.write("SELECT pg_catalog.lowrite(0, " + literal + hex + "');\n");
    }
    sink.write("SELECT pg_catalog.lo_close(0);\n\n");
  }

  private static byte[] read(InputStream bytes) {
    try {
      return bytes.readNBytes(PIECE);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the streams of this package throw none
    }
  }
}
