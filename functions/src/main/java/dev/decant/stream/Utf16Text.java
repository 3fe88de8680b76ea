package dev.decant.stream;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * UTF-16 text as UTF-8. The {@code >} of Windows PowerShell writes UTF-16 with a byte order mark
 * (the manual of Out-File), which this stream does not return.
 */
public final class Utf16Text extends BlockStream {
  private static final int BLOCK = 1 << 16;

  private final String name;
  private final InputStream in;
  private final CharsetDecoder decoder;
  private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
  private final ByteBuffer raw = ByteBuffer.allocate(BLOCK);
  private final CharBuffer characters = CharBuffer.allocate(BLOCK);
  private final ByteBuffer text = ByteBuffer.allocate(3 * BLOCK);
  private boolean marked;
  private boolean ended;

  /**
   * Decodes a stream, which this object closes.
   *
   * @param name the source, for messages
   * @param in begins with the byte order mark
   */
  public Utf16Text(String name, InputStream in, ByteOrder order) {
    this.name = name;
    this.in = in;
    // These two, unlike UTF_16, leave the byte order mark to the caller.
    this.decoder =
        (order == ByteOrder.LITTLE_ENDIAN ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE)
            .newDecoder();
    characters.flip();
    text.flip();
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!text.hasRemaining()) {
      if (ended) {
        return -1;
      }
      fill();
    }
    int count = Math.min(length, text.remaining());
    text.get(bytes, from, count);
    return count;
  }

  /** Decodes the next block. A surrogate pair or a unit may be divided by blocks. */
  private void fill() throws IOException {
    int count = in.read(raw.array(), raw.position(), raw.remaining());
    ended = count < 0;
    raw.position(raw.position() + Math.max(0, count)).flip();
    characters.compact();
    check(decoder.decode(raw, characters, ended));
    raw.compact();
    characters.flip();
    if (!marked && characters.hasRemaining()) {
      marked = true;
      characters.get(); // the byte order mark
    }
    text.clear();
    check(encoder.encode(characters, text, ended));
    text.flip();
  }

  private void check(CoderResult result) {
    if (result.isError()) {
      throw new DecantException(
          ErrorCode.INPUT_INVALID,
          name
              + " begins like UTF-16 text but contains bytes that are not UTF-16. Make the dump"
              + " with pg_dump -f FILE, which writes UTF-8, instead of the > of PowerShell.");
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
