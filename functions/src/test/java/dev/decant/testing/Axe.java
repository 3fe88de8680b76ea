package dev.decant.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The checks of axe-core, which a browser runs in a page to find what keeps people out of it. */
public final class Axe {
  private static final String SCRIPT = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

  private Axe() {}

  /** The script that defines {@code axe}. */
  public static String script() throws IOException {
    try (InputStream in = Objects.requireNonNull(Axe.class.getResourceAsStream(SCRIPT))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
