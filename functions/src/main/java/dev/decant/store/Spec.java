package dev.decant.store;

import dev.decant.aws.S3Location;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where something is, as people write it: a path, a {@code file:} URI, {@code scheme://…}. */
public final class Spec {
  /** What looks like a URL: no folder is meant by it, even where a folder could have that name. */
  private static final Pattern URL =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(?:/.*)?", Pattern.DOTALL);

  /** Without a slash after the colon, or without the colon, only these words are taken for one. */
  private static final Pattern MISTYPED =
      Pattern.compile(
          "(?i)(gs|gcs|https?|ftp|sftp|az|abfss?|hdfs|postgres(?:ql)?)(?::|//).*", Pattern.DOTALL);

  private static final Pattern S3 = Pattern.compile("(?i)s3[an]?(?::/*|//+)(.*)", Pattern.DOTALL);

  /** {@code https://BUCKET.s3.REGION.amazonaws.com/KEY} and {@code https://s3.…/BUCKET/KEY}. */
  private static final Pattern S3_BY_HOST =
      Pattern.compile("(?i)https?://([^/@]+)\\.s3[.-](?:[a-z0-9-]+\\.)?amazonaws\\.com/*([^?]*).*");

  private static final Pattern S3_BY_PATH =
      Pattern.compile("(?i)https?://s3[.-](?:[a-z0-9-]+\\.)?amazonaws\\.com/+([^?]*).*");

  private Spec() {}

  /**
   * What is wrong with a text that looks like a URL and is not one that decant reads, with the
   * right form; empty for paths and for {@code s3://bucket…}. Of unknown URLs only the scheme is
   * shown: the rest may hold a password.
   *
   * @param what for the message: "source", "store"
   * @param accepted for the message: what may stand there
   */
  public static Optional<String> mistake(String spec, String what, String accepted) {
    String text = spec.strip();
    if (S3Location.matches(spec) || isFileUri(spec)) {
      return Optional.empty();
    }
    Optional<String> s3 = s3(text);
    if (s3.isPresent()) {
      boolean secret = s3.get().contains("@");
      return Optional.of(
          "The "
              + what
              + (secret ? "" : " " + text)
              + " is not written as decant reads it. Write s3://"
              + (secret ? "bucket/prefix" : s3.get())
              + ".");
    }
    return Stream.of(URL, MISTYPED)
        .map(pattern -> pattern.matcher(text))
        .filter(Matcher::matches)
        .findFirst()
        .map(url -> "A " + what + " cannot be " + url.group(1) + "://…. " + accepted);
  }

  /** The bucket and key that are meant. */
  private static Optional<String> s3(String text) {
    Matcher s3 = S3.matcher(text);
    if (s3.matches()) {
      return Optional.of(s3.group(1).isEmpty() ? "bucket/prefix" : s3.group(1));
    }
    Matcher host = S3_BY_HOST.matcher(text);
    if (host.matches()) {
      return Optional.of(host.group(1) + (host.group(2).isEmpty() ? "" : "/" + host.group(2)));
    }
    Matcher path = S3_BY_PATH.matcher(text);
    return path.matches() ? Optional.of(path.group(1)) : Optional.empty();
  }

  /**
   * The local path that it names. What looks like a URL is an error, see {@link #mistake}.
   *
   * @param what for the message: "source", "store"
   * @param accepted for the message: what may stand there
   */
  public static Path path(String spec, String what, String accepted) {
    if (spec.isBlank()) {
      throw usage("The " + what + " is empty. " + accepted);
    }
    Optional<String> mistake =
        S3Location.matches(spec)
            ? Optional.of("A " + what + " cannot be s3://…. " + accepted)
            : mistake(spec, what, accepted);
    if (mistake.isPresent()) {
      throw usage(mistake.get());
    }
    try {
      return isFileUri(spec) ? fileUri(spec, what) : Path.of(spec);
    } catch (IllegalArgumentException e) {
      throw new DecantException(
          ErrorCode.USAGE, spec + " is not a path that this system knows. " + accepted, e);
    }
  }

  private static boolean isFileUri(String spec) {
    return spec.toLowerCase(Locale.ROOT).startsWith("file:");
  }

  private static Path fileUri(String spec, String what) {
    String rest = spec.substring("file:".length());
    if (!rest.startsWith("/") || (rest.startsWith("//") && !rest.startsWith("///"))) {
      String path = rest.replaceFirst("^//(localhost(?=/))?", "");
      throw usage(
          "The "
              + what
              + " "
              + spec
              + " is not written as decant reads it: a file: URI has an absolute path. Write "
              + (path.startsWith("/") ? "file://" + path : path + " or file:///path/to/" + path)
              + ".");
    }
    return Path.of(URI.create("file:" + (rest.startsWith("//") ? rest.substring(2) : rest)));
  }

  private static DecantException usage(String message) {
    return new DecantException(ErrorCode.USAGE, message);
  }
}
