package dev.decant.target;

import dev.decant.error.DecantException;
import dev.decant.postgres.ServerUrl;
import java.util.regex.Pattern;

/** Reads the URL of a target's database. No message shows it: a password may stand in it. */
final class DatabaseUrl {
  private static final String WHAT = "postgresql://USER@HOST:5432/DATABASE";
  private static final Pattern PASSWORD = Pattern.compile("//[^/?#]*:[^/?#]*@|[?&]password=");

  private DatabaseUrl() {}

  static String read(Fields fields) {
    String url = fields.url("database", "database: " + WHAT).value();
    if (url.isEmpty()) {
      return url;
    }
    if (PASSWORD.matcher(url).find()) {
      fields.problem(
          "database",
          "a password stands in the URL; take it out, and write password-env: NAME or"
              + " password-secret: ARN beside it");
    } else if (!isWhole(url)) {
      fields.problem(
          "database",
          "this is no URL of a database with its user and host; write "
              + WHAT
              + ", special characters percent-encoded");
    } else {
      checkProperties(fields, url);
    }
    return url;
  }

  private static boolean isWhole(String url) {
    return ServerUrl.isComplete(url) && !url.contains("#");
  }

  private static void checkProperties(Fields fields, String url) {
    try {
      ServerUrl.check(url);
    } catch (DecantException e) {
      fields.problem("database", String.valueOf(e.getMessage()));
    }
  }
}
