package dev.decant.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of a manifest that a listing shows.
 *
 * @param takenAt when the raw snapshot was taken
 * @param publishedAt when the run that made the snapshot ended
 * @param rows of all tables
 * @param dumpSize compressed, in bytes
 * @param textSize uncompressed, in bytes
 * @param verdict null if an older version of decant made the snapshot
 */
public record SnapshotSummary(
    SnapshotName name,
    Instant takenAt,
    Instant publishedAt,
    long rows,
    long dumpSize,
    long textSize,
    MadeFrom madeFrom,
    Manifest.@Nullable Verdict verdict) {
  /**
   * The inputs of the run that made the snapshot.
   *
   * @param decant the version of decant
   * @param source the URI of the raw snapshot
   * @param policySha256 the SHA-256 of the policy file
   * @param keyFingerprint the fingerprint of the masking key
   */
  public record MadeFrom(
      String decant, String source, String policySha256, String keyFingerprint) {}

  /** Orders by the time when the raw snapshot was taken. */
  static final Comparator<SnapshotSummary> NEWEST_FIRST =
      Comparator.comparing(SnapshotSummary::takenAt)
          .thenComparing(SnapshotSummary::publishedAt)
          .reversed()
          .thenComparing(s -> s.name().toString());

  private static final JsonFactory JSON = new JsonFactory();
  private static final Set<String> NEEDED =
      Set.of(
          "version",
          "service",
          "environment",
          "name",
          "decant",
          "source.uri",
          "source.takenAt",
          "policy.sha256",
          "key.fingerprint",
          "run.finishedAt",
          "dump.size",
          "dump.textSize",
          "rowsOut");

  /**
   * Reads the first fields of a manifest and stops when it has all that it needs, because the lists
   * of columns and frames of a large database take megabytes.
   *
   * @param where the name of the manifest in messages
   * @throws IOException if the stream ends too early or is not JSON
   */
  static SnapshotSummary parse(InputStream in, String where) throws IOException {
    Map<String, String> found = new HashMap<>();
    try (JsonParser parser = JSON.createParser(in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw ManifestJson.damaged(where, "is not a JSON object");
      }
      collect(parser, "", found);
    }
    if (isNewer(found)) {
      throw ManifestJson.newer(where, version(found), found.get("decant"));
    }
    Set<String> missing = new HashSet<>(NEEDED);
    missing.removeAll(found.keySet());
    if (!missing.isEmpty()) {
      throw ManifestJson.damaged(where, "lacks " + String.join(", ", missing));
    }
    try {
      return of(found);
    } catch (RuntimeException e) {
      throw ManifestJson.damaged(where, "has fields with values that the format does not allow");
    }
  }

  /** Returns whether all fields were found. */
  private static boolean collect(JsonParser parser, String path, Map<String, String> found)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = path + parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.START_OBJECT && path.isEmpty()) {
        if (collect(parser, field + ".", found)) {
          return true;
        }
      } else if (field.equals("version")) {
        found.put(field, Integer.toString(parser.getIntValue()));
      } else if (value.isScalarValue()) {
        found.put(field, parser.getText());
      } else {
        parser.skipChildren();
      }
      if (found.keySet().containsAll(NEEDED) || (isNewer(found) && found.containsKey("decant"))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNewer(Map<String, String> found) {
    return found.containsKey("version") && version(found) > Manifest.VERSION;
  }

  private static int version(Map<String, String> found) {
    return Integer.parseInt(text(found, "version"));
  }

  private static SnapshotSummary of(Map<String, String> found) {
    return new SnapshotSummary(
        new SnapshotName(text(found, "service"), text(found, "environment"), text(found, "name")),
        Instant.parse(text(found, "source.takenAt")),
        Instant.parse(text(found, "run.finishedAt")),
        Long.parseLong(text(found, "rowsOut")),
        Long.parseLong(text(found, "dump.size")),
        Long.parseLong(text(found, "dump.textSize")),
        new MadeFrom(
            text(found, "decant"),
            text(found, "source.uri"),
            text(found, "policy.sha256"),
            text(found, "key.fingerprint")),
        found.containsKey("verdict.traced") ? verdict(found) : null);
  }

  private static Manifest.Verdict verdict(Map<String, String> found) {
    return new Manifest.Verdict(
        Long.parseLong(text(found, "verdict.assertions")),
        Long.parseLong(text(found, "verdict.notVerified")),
        Boolean.parseBoolean(text(found, "verdict.traced")),
        found.get("verdict.signedBy"));
  }

  private static String text(Map<String, String> found, String field) {
    return Objects.requireNonNull(found.get(field));
  }
}
