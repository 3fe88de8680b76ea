package dev.decant.setting;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes keys as text, which is PEM (RFC 7468) or only its base64 content. */
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
   * The bytes of the first block with this label. If the text has no block at all, it is read as
   * base64. The characters {@code \n} are read as a line end, as an environment variable may have
   * them.
   *
   * @throws IllegalArgumentException if the text is neither
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

  /** Decodes base64 that may contain white space anywhere. */
  static byte[] base64(String text) {
    return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
  }
}
