package dev.decant.media;

import dev.decant.mask.value.BlankPdf;
import dev.decant.stream.Digests;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * The content that replaces that of an object: the smallest file of its kind that programs can
 * open, or an empty one for unknown kinds. The bytes must never change, because every placeholder
 * would be written again.
 */
final class Placeholder {
  private static final Placeholder PNG =
      new Placeholder(
          List.of("image/png", "image/apng"),
          List.of("png"),
          base64(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mM4AQAAygDJNEIn8wAAAABJRU5ErkJg"
                  + "gg=="));
  private static final Placeholder JPEG =
      new Placeholder(
          List.of("image/jpeg", "image/jpg", "image/pjpeg"),
          List.of("jpg", "jpeg", "jpe", "jfif"),
          base64(
              "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERX"
                  + "RTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAABv/EABQQ"
                  + "AQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8ASP/Z"));
  private static final Placeholder GIF =
      new Placeholder(
          List.of("image/gif"),
          List.of("gif"),
          base64("R0lGODdhAQABAIEAAMjIyAAAAAAAAAAAACwAAAAAAQABAAAIBAABBAQAOw=="));
  private static final Placeholder WEBP =
      new Placeholder(
          List.of("image/webp"),
          List.of("webp"),
          base64("UklGRh4AAABXRUJQVlA4TBEAAAAvAAAAAAdQ5CIXuf+BiOh/AAA="));
  private static final Placeholder BMP =
      new Placeholder(
          List.of("image/bmp", "image/x-ms-bmp", "image/x-bmp"),
          List.of("bmp"),
          base64(
              "Qk1CAAAAAAAAAD4AAAAoAAAAAQAAAAEAAAABAAEAAAAAAAQAAADEDgAAxA4AAAIAAAACAAAAAAAAAP///wCAAAAA"));
  private static final Placeholder TIFF =
      new Placeholder(
          List.of("image/tiff"),
          List.of("tif", "tiff"),
          base64(
              "SUkqAAgAAAAJAAABBAABAAAAAQAAAAEBBAABAAAAAQAAAAIBAwABAAAACAAAAAMBAwABAAAAAQAAAAYBAwABAAAA"
                  + "AQAAABEBBAABAAAAegAAABYBBAABAAAAAQAAABcBBAABAAAAAQAAABwBAwABAAAAAQAAAAAAAADI"));
  private static final Placeholder AVIF =
      new Placeholder(
          List.of("image/avif"),
          List.of("avif"),
          base64(
              "AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAADrbWV0YQAAAAAAAAAhaGRscgAAAAAAAAAAcGljdAAA"
                  + "AAAAAAAAAAAAAAAAAAAOcGl0bQAAAAAAAQAAAB5pbG9jAAAAAEQAAAEAAQAAAAEAAAETAAAAIwAAAChpaW5m"
                  + "AAAAAAABAAAAGmluZmUCAAAAAAEAAGF2MDFDb2xvcgAAAABqaXBycAAAAEtpcGNvAAAAFGlzcGUAAAAAAAAA"
                  + "AQAAAAEAAAAQcGl4aQAAAAADCAgIAAAADGF2MUOBAAwAAAAAE2NvbHJuY2x4AAEADQAGgAAAABdpcG1hAAAA"
                  + "AAAAAAEAAQQBAoMEAAAAK21kYXQSAAoIGAAGiAhoNCAyFRTHh4ZlAgggnlAAAABIWtlc1eNggA=="));
  private static final Placeholder SVG =
      new Placeholder(
          List.of("image/svg+xml"),
          List.of("svg"),
          text("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>\n"));
  private static final Placeholder PDF =
      new Placeholder(List.of("application/pdf"), List.of("pdf"), BlankPdf.bytes());
  private static final Placeholder EMPTY = new Placeholder(List.of(), List.of(), new byte[0]);

  static final List<Placeholder> ALL =
      List.of(PNG, JPEG, GIF, WEBP, BMP, TIFF, AVIF, SVG, PDF, EMPTY);

  private static final List<String> OF_ANY_KIND =
      List.of("", "application/octet-stream", "binary/octet-stream");

  private final List<String> types;
  private final List<String> extensions;
  private final byte[] content;
  private final String etag;

  private Placeholder(List<String> types, List<String> extensions, byte[] content) {
    this.types = types;
    this.extensions = extensions;
    this.content = content;
    this.etag = Digests.md5(content);
  }

  /**
   * The placeholder for an object. The MIME type decides; if it names no kind, the ending of the
   * key does.
   */
  static Placeholder of(String key, String contentType) {
    String type = contentType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    return OF_ANY_KIND.contains(type)
        ? ofName(key)
        : ALL.stream().filter(p -> p.types.contains(type)).findFirst().orElse(EMPTY);
  }

  static Placeholder ofName(String key) {
    String extension = key.substring(key.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return ALL.stream().filter(p -> p.extensions.contains(extension)).findFirst().orElse(EMPTY);
  }

  /** The content. The array is the caller's. */
  byte[] content() {
    return content.clone();
  }

  int size() {
    return content.length;
  }

  /** The ETag that S3 gives to the content if it is put without a KMS key: its MD5. */
  String etag() {
    return etag;
  }

  private static byte[] base64(String text) {
    return Base64.getDecoder().decode(text);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
