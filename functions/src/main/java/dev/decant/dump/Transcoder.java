package dev.decant.dump;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * A stream of text in UTF-8 that comes from another encoding. The text is decoded before it is
 * divided into lines and fields, because in some encodings, such as SJIS, the second byte of a
 * character can be a backslash. Parts that are ASCII are copied. Before the first invalid bytes,
 * everything that precedes them is delivered; then {@link #read} throws {@link
 * CharacterCodingException}.
 */
final class Transcoder extends InputStream {
  private static final int PART = 1 << 14;

  private final InputStream in;
  private Encoding encoding;
  private CharsetDecoder decoder;
  private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
  private final ByteBuffer source = ByteBuffer.allocate(PART).limit(0);
  private final CharBuffer characters = CharBuffer.allocate(PART);
  private final ByteBuffer ready = ByteBuffer.allocate(3 * PART).limit(0);
  private boolean ended;

  Transcoder(InputStream in, Encoding encoding) {
    this.in = in;
    this.encoding = encoding;
    this.decoder = encoding.charset().newDecoder();
  }

  /** Reads each further byte as one character, for text of an unknown encoding that is skipped. */
  void bytewise() {
    encoding = Encoding.BYTES;
    decoder = encoding.charset().newDecoder();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int count) throws IOException {
    while (!ready.hasRemaining()) {
      if (ended && !source.hasRemaining()) {
        return -1;
      }
      convert();
    }
    int given = Math.min(count, ready.remaining());
    ready.get(target, from, given);
    return given;
  }

  private void convert() throws IOException {
    int before = source.remaining();
    source.compact();
    if (!ended && source.hasRemaining()) {
      int read = in.read(source.array(), source.position(), source.remaining());
      ended = read < 0;
      source.position(source.position() + Math.max(0, read));
    }
    source.flip();
    ready.clear();
    if (before == 0 && isAscii()) {
      ready.put(source);
    } else {
      decode();
    }
    ready.flip();
  }

  private boolean isAscii() {
    byte[] bytes = source.array();
    int any = 0;
    for (int i = source.position(); i < source.limit(); i++) {
      any |= bytes[i];
    }
    return any >= 0;
  }

  private void decode() throws IOException {
    characters.clear();
    decoder.reset();
    CoderResult result = decoder.decode(source, characters, ended);
    characters.flip();
    if (result.isError() && !characters.hasRemaining()) {
      throw new CharacterCodingException();
    }
    for (int i = 0; i < characters.limit(); i++) {
      characters.put(i, encoding.asServer(characters.get(i)));
    }
    encoder.reset();
    encoder.encode(characters, ready, true);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
