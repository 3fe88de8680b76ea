package dev.decant.media;

import dev.decant.aws.BucketSpec;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.Locale;
import java.util.regex.Pattern;

/** Refuses dangerous requests before the first request to a store. */
final class MediaGuards {
  private MediaGuards() {}

  static void check(MediaRequest request) {
    if (request.options().jobs() < 1 || request.options().jobs() > MediaRequest.MOST_JOBS) {
      throw new DecantException(
          ErrorCode.USAGE,
          "The number of jobs cannot be "
              + request.options().jobs()
              + ". Give --jobs a number from 1 to "
              + MediaRequest.MOST_JOBS
              + ".");
    }
    String bucket = request.to().bucket();
    if (!request.confirm().equals(bucket)) {
      throw refused(
          "The destination's bucket is "
              + bucket
              + ", but "
              + request.confirm()
              + " was confirmed. Check the target, and type the name of the bucket that will be"
              + " written: --confirm "
              + bucket
              + ".");
    }
    for (String pattern : request.never()) {
      if (matches(pattern, bucket)) {
        throw refused(
            "The destination's bucket "
                + bucket
                + " matches never: "
                + pattern
                + ". Name another bucket in the media of the target.");
      }
    }
    if (overlap(request.from(), request.to())) {
      throw refused(
          "Source "
              + request.from().location()
              + " and destination "
              + request.to().location()
              + " overlap, so written objects would become part of the source. Name another bucket"
              + " or prefix.");
    }
  }

  private static boolean matches(String pattern, String bucket) {
    String expression =
        Pattern.compile("\\*")
            .splitAsStream(pattern.toLowerCase(Locale.ROOT) + " ")
            .map(Pattern::quote)
            .reduce((a, b) -> a + ".*" + b)
            .orElse("");
    return (bucket.toLowerCase(Locale.ROOT) + " ").matches(expression);
  }

  /**
   * Ignores the endpoints, because two names may mean the same store, and then a run with
   * placeholders would overwrite production.
   */
  private static boolean overlap(BucketSpec from, BucketSpec to) {
    String a = folder(from);
    String b = folder(to);
    return from.bucket().equals(to.bucket()) && (a.startsWith(b) || b.startsWith(a));
  }

  private static String folder(BucketSpec spec) {
    return spec.prefix().isEmpty() ? "" : spec.prefix() + "/";
  }

  private static DecantException refused(String message) {
    return new DecantException(ErrorCode.REFUSED, message);
  }
}
