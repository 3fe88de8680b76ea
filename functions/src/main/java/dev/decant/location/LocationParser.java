package dev.decant.location;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the texts that people write for a location: a path, a {@code file:} URI, or {@code
 * s3://bucket/key}. A text that looks like another URL is an error and never the name of a folder.
 * Messages show only the scheme of an unknown URL, because the rest may hold a password.
 *
 * @param what the noun for the location in messages: "source", "store"
 * @param advice the last sentence of messages, which names the accepted forms
 */
public record LocationParser(String what, String advice) {
  static final String S3_SCHEME = "s3://";
  private static final String FILE_SCHEME = "file:";

  /** A URL of any scheme. */
  private static final Pattern URL =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(?:/.*)?", Pattern.DOTALL);

  /** Well-known schemes, which count as a URL even if the colon or the slashes are missing. */
  private static final Pattern MISTYPED =
      Pattern.compile(
          "(?i)(gs|gcs|https?|ftp|sftp|az|abfss?|hdfs|postgres(?:ql)?)(?::|//).*", Pattern.DOTALL);

  private static final Pattern MISTYPED_S3 =
      Pattern.compile("(?i)s3[an]?(?::/*|//+)(.*)", Pattern.DOTALL);

  /** {@code https://BUCKET.s3.REGION.amazonaws.com/KEY}. */
  private static final Pattern S3_BY_HOST =
      Pattern.compile("(?i)https?://([^/@]+)\\.s3[.-](?:[a-z0-9-]+\\.)?amazonaws\\.com/*([^?]*).*");

  /** {@code https://s3.REGION.amazonaws.com/BUCKET/KEY}. */
  private static final Pattern S3_BY_PATH =
      Pattern.compile("(?i)https?://s3[.-](?:[a-z0-9-]+\\.)?amazonaws\\.com/+([^?]*).*");

  /**
   * Reads {@code s3://bucket[/key]}.
   *
   * @return empty if the text is not of this form
   */
  public static Optional<Location.S3> s3(String text) {
    if (!text.startsWith(S3_SCHEME)) {
      return Optional.empty();
    }
    String rest = text.substring(S3_SCHEME.length());
    int slash = rest.indexOf('/');
    String bucket = slash < 0 ? rest : rest.substring(0, slash);
    return bucket.isEmpty()
        ? Optional.empty()
        : Optional.of(new Location.S3(bucket, slash < 0 ? "" : rest.substring(slash + 1)));
  }

  /**
   * Reads a path, a {@code file:} URI, or {@code s3://bucket[/key]}.
   *
   * @throws DecantException {@link ErrorCode#USAGE} for any other text
   */
  public Location.Place parse(String text) {
    return s3(text).<Location.Place>map(s3 -> s3).orElseGet(() -> new Location.Local(path(text)));
  }

  /**
   * Reads a path or a {@code file:} URI.
   *
   * @throws DecantException {@link ErrorCode#USAGE} for any other text
   */
  public Path path(String text) {
    if (text.isBlank()) {
      throw usage("The " + what + " is empty. " + advice);
    }
    mistake(text)
        .or(() -> s3(text).map(s3 -> notAccepted("s3")))
        .ifPresent(
            mistake -> {
              throw usage(mistake);
            });
    try {
      return isFileUri(text) ? fileUri(text) : Path.of(text);
    } catch (IllegalArgumentException e) {
      throw new DecantException(
          ErrorCode.USAGE, text + " is not a path that this system allows. " + advice, e);
    }
  }

  /**
   * The error message for a text that looks like a URL and has none of the accepted forms. It is
   * empty for paths and for {@code s3://bucket…}.
   */
  public Optional<String> mistake(String written) {
    if (s3(written).isPresent() || isFileUri(written)) {
      return Optional.empty();
    }
    String text = written.strip();
    return meantS3(text)
        .map(meant -> mistypedS3(text, meant))
        .or(
            () ->
                Stream.of(URL, MISTYPED)
                    .map(pattern -> pattern.matcher(text))
                    .filter(Matcher::matches)
                    .findFirst()
                    .map(url -> notAccepted(url.group(1))));
  }

  private String notAccepted(String scheme) {
    return "A " + what + " cannot be " + scheme + "://…. " + advice;
  }

  private String mistypedS3(String text, String meant) {
    return meant.contains("@")
        ? "The " + what + " is not in the form that decant reads. Write s3://bucket/prefix."
        : "The "
            + what
            + " "
            + text
            + " is not in the form that decant reads. Write s3://"
            + meant
            + ".";
  }

  /** The bucket and key that a mistyped S3 URL means. */
  private static Optional<String> meantS3(String text) {
    Matcher s3 = MISTYPED_S3.matcher(text);
    if (s3.matches()) {
      String rest = s3.group(1).replaceFirst("^/+", "");
      return Optional.of(rest.isEmpty() ? "bucket/prefix" : rest);
    }
    Matcher host = S3_BY_HOST.matcher(text);
    if (host.matches()) {
      return Optional.of(host.group(1) + (host.group(2).isEmpty() ? "" : "/" + host.group(2)));
    }
    Matcher path = S3_BY_PATH.matcher(text);
    return path.matches() ? Optional.of(path.group(1)) : Optional.empty();
  }

  private static boolean isFileUri(String text) {
    return text.toLowerCase(Locale.ROOT).startsWith(FILE_SCHEME);
  }

  private Path fileUri(String text) {
    String rest = text.substring(FILE_SCHEME.length());
    if (!rest.startsWith("/") || (rest.startsWith("//") && !rest.startsWith("///"))) {
      String path = rest.replaceFirst("^//(localhost(?=/))?", "");
      throw usage(
          "The "
              + what
              + " "
              + text
              + " is not in the form that decant reads, because a file: URI needs an absolute path."
              + " Write "
              + (path.startsWith("/") ? "file://" + path : path + " or file:///path/to/" + path)
              + ".");
    }
    return Path.of(URI.create(FILE_SCHEME + (rest.startsWith("//") ? rest.substring(2) : rest)));
  }

  private static DecantException usage(String message) {
    return new DecantException(ErrorCode.USAGE, message);
  }
}
