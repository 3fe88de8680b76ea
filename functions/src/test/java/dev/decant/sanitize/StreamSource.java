package dev.decant.sanitize;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.source.Source;
import dev.decant.source.StdinSource;
import java.io.ByteArrayInputStream;

/** A dump that can only be read once: the source of standard input, over a text. */
final class StreamSource {
  private StreamSource() {}

  static Source of(String text) {
    return new StdinSource(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }
}
