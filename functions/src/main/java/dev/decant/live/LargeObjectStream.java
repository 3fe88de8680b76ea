package dev.decant.live;

import dev.decant.postgres.Queries;
import dev.decant.stream.BlockStream;
import java.sql.Connection;
import java.util.List;

/** The bytes of one large object, which are read in pieces. */
final class LargeObjectStream extends BlockStream {
  private static final int PIECE = 1 << 20;

  private final Connection connection;
  private final int oid;
  private byte[] piece = new byte[PIECE];
  private int from = PIECE;
  private long offset;

  LargeObjectStream(Connection connection, int oid) {
    this.connection = connection;
    this.oid = oid;
  }

  @Override
  public int read(byte[] bytes, int to, int length) {
    if (from == piece.length && piece.length == PIECE) {
      next();
    }
    int count = Math.min(length, piece.length - from);
    System.arraycopy(piece, from, bytes, to, count);
    from += count;
    return count == 0 && length > 0 ? -1 : count;
  }

  private void next() {
    String number = Integer.toUnsignedString(oid);
    List<byte[]> read =
        Queries.rows(
            connection,
            "SELECT pg_catalog.lo_get(" + number + ", " + offset + ", " + PIECE + ")",
            "reading large object " + number,
            row -> row.getBytes(1));
    piece = read.getFirst();
    from = 0;
    offset += piece.length;
  }
}
