package dev.decant.demo;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The files of the demo that are part of the jar. */
final class DemoResources {
  private DemoResources() {}

  static byte[] read(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(DemoResources.class.getResourceAsStream(name), name)) {
      return in.readAllBytes();
    }
  }
}
