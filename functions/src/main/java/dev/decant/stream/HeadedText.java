package dev.decant.stream;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream whose first bytes were read before. It gives these bytes first and then the rest. */
public final class HeadedText extends InputStream {
  private final ByteArrayInputStream head;
  private final InputStream rest;

  public HeadedText(byte[] head, InputStream rest) {
    this.head = new ByteArrayInputStream(head);
    this.rest = rest;
  }

  @Override
  public int read() throws IOException {
    return head.available() > 0 ? head.read() : rest.read();
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    return head.available() > 0 ? head.read(bytes, from, length) : rest.read(bytes, from, length);
  }
}
