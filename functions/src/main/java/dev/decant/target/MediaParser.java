package dev.decant.target;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads which files a target copies, and where to. */
final class MediaParser {
  private static final String WHAT = "s3://BUCKET or s3://BUCKET/PREFIX";
  private static final Pattern BUCKET =
      Pattern.compile("s3://([a-z0-9][a-z0-9._-]{1,61}[a-z0-9])(?:/(.*))?");
  private static final Target.Bucket NONE =
      new Target.Bucket("", "", Optional.empty(), Optional.empty(), Optional.empty());

  private MediaParser() {}

  static Target.Media parse(TargetsFileMap fields) {
    fields.only("from", "to", "delete", "placeholder");
    Target.Bucket from = bucket(fields, "from");
    Target.Bucket to = bucket(fields, "to");
    boolean same = from.bucket().equals(to.bucket()) && from.endpoint().equals(to.endpoint());
    if (same
        && !from.bucket().isEmpty()
        && (from.prefix().startsWith(to.prefix()) || to.prefix().startsWith(from.prefix()))) {
      fields.problem(
          "to", "One of from and to contains the other. Write another bucket or prefix.");
    }
    return new Target.Media(from, to, fields.flag("delete"), fields.flag("placeholder"));
  }

  private static Target.Bucket bucket(TargetsFileMap media, String key) {
    Node node = media.map().require(key, key + ": " + WHAT);
    if (node == null) {
      return NONE;
    }
    if (!(node instanceof MappingNode)) {
      return bucket(media, key, Optional.empty(), Optional.empty(), Optional.empty());
    }
    return TargetsFileMap.read(node, media.scope(), media.parameters(), "{ bucket: " + WHAT + " }")
        .map(MediaParser::bucket)
        .orElse(NONE);
  }

  private static Target.Bucket bucket(TargetsFileMap fields) {
    fields.only("bucket", "endpoint", "region", "path-style");
    return bucket(
        fields,
        "bucket",
        endpoint(fields),
        fields.has("region") ? Optional.of(fields.name("region", "a region")) : Optional.empty(),
        fields.has("path-style") ? Optional.of(fields.flag("path-style")) : Optional.empty());
  }

  private static Target.Bucket bucket(
      TargetsFileMap fields,
      String key,
      Optional<String> endpoint,
      Optional<String> region,
      Optional<Boolean> pathStyle) {
    String text = fields.text(key, key + ": " + WHAT).value();
    Matcher matcher = BUCKET.matcher(text);
    if (!matcher.matches()) {
      if (!text.isBlank()) {
        fields.problem(key, "This is not a bucket. Write " + WHAT + ".");
      }
      return NONE;
    }
    String path = matcher.group(2) == null ? "" : matcher.group(2);
    String prefix = path.isEmpty() || path.endsWith("/") ? path : path + '/';
    return new Target.Bucket(matcher.group(1), prefix, endpoint, region, pathStyle);
  }

  private static Optional<String> endpoint(TargetsFileMap fields) {
    if (!fields.has("endpoint")) {
      return Optional.empty();
    }
    String text = fields.url("endpoint", "a URL, for example https://s3.example").value();
    Optional<URI> uri = Urls.web(text);
    if (!text.isEmpty() && uri.filter(u -> u.getRawUserInfo() == null).isEmpty()) {
      fields.problem(
          "endpoint",
          "This is not the URL of an S3 endpoint. Write https://HOST or http://HOST:PORT.");
    }
    return Optional.of(text);
  }
}
