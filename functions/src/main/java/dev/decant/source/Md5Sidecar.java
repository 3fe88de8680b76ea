package dev.decant.source;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code .md5} file beside a dump, in the format of GNU {@code md5sum}. It has a line for each
 * file: 32 hex digits, then optionally a space, another space or {@code *}, and the name of the
 * file.
 */
final class Md5Sidecar {
  /** The largest sidecar that is read, in bytes. Real ones are much smaller. */
  static final int MAX_SIZE = 64 * 1024;

  private static final Pattern LINE =
      Pattern.compile("\\\\?([0-9a-fA-F]{32})(?:\\s+\\*?(.*\\S))?\\s*");

  private Md5Sidecar() {}

  /**
   * The MD5 that a sidecar states for a file, in the line that names the file or in the only line.
   *
   * @param where the sidecar's location, for messages
   */
  static String parse(byte[] content, String fileName, String where) {
    String[] lines =
        new String(content, StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.isBlank())
            .toArray(String[]::new);
    for (String line : lines) {
      Matcher match = LINE.matcher(line);
      if (match.matches() && (lines.length == 1 || names(match.group(2), fileName))) {
        return match.group(1).toLowerCase(Locale.ROOT);
      }
    }
    throw new DecantException(
        ErrorCode.INPUT_INVALID,
        where
            + " states no MD5 of "
            + fileName
            + " in the format of md5sum (32 hex digits, two spaces, the name). "
            + "Write it again with md5sum, or remove it.");
  }

  private static boolean names(String stated, String fileName) {
    return stated != null && stated.substring(stated.lastIndexOf('/') + 1).equals(fileName);
  }
}
