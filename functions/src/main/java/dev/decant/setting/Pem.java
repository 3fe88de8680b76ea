package dev.decant.setting;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys as text: PEM (RFC 7468), or the base64 of it alone. */
final class Pem {
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private Pem() {}

  static String write(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + LINES.encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  /**
   * The bytes of the first block of this label; where there is no block at all, of the whole text
   * as base64. An environment variable may have {@code \n} for line ends.
   *
   * @throws IllegalArgumentException where it is neither
   */
  static byte[] read(String label, String text) {
    String lines = text.replace("\\n", "\n");
    if (!lines.contains("-----BEGIN ")) {
      return base64(lines);
    }
    Matcher block =
        Pattern.compile("-----BEGIN " + label + "-----([^-]*)-----END " + label + "-----")
            .matcher(lines);
    if (!block.find()) {
      throw new IllegalArgumentException("no " + label);
    }
    return base64(block.group(1));
  }

  /** Base64 with white space anywhere. */
  static byte[] base64(String text) {
    return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
  }
}
