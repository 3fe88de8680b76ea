package dev.decant.media;

import dev.decant.aws.BucketSpec;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.Locale;
import java.util.regex.Pattern;

/** What is refused before anything is asked of a store. */
final class MediaGuards {
  private MediaGuards() {}

  static void check(MediaRequest request) {
    if (request.options().jobs() < 1 || request.options().jobs() > MediaRequest.MOST_JOBS) {
      throw new DecantException(
          ErrorCode.USAGE,
          "Jobs are 1 to " + MediaRequest.MOST_JOBS + ", not " + request.options().jobs() + ".");
    }
    String bucket = request.to().bucket();
    if (!request.confirm().equals(bucket)) {
      throw refused(
          "The destination's bucket is "
              + bucket
              + ", and "
              + request.confirm()
              + " was confirmed. Type the name of the bucket that is to be written: --confirm "
              + bucket
              + ".");
    }
    for (String pattern : request.never()) {
      if (matches(pattern, bucket)) {
        throw refused("The destination's bucket " + bucket + " matches never: " + pattern + ".");
      }
    }
    if (overlap(request.from(), request.to())) {
      throw refused(
          "Source "
              + request.from().location()
              + " and destination "
              + request.to().location()
              + " overlap: what is written would be source again. Name another bucket or prefix.");
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
   * Whatever the endpoints: two names may mean one store, and then a placeholder run would write
   * over production.
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
