package dev.decant.target;

import dev.decant.error.DecantException;
import dev.decant.postgres.ServerUrl;
import java.util.regex.Pattern;

/** Reads the URL of a target's database. No message shows the URL, which may hold a password. */
final class DatabaseUrl {
  private static final String WHAT = "postgresql://USER@HOST:5432/DATABASE";
  private static final Pattern PASSWORD = Pattern.compile("//[^/?#]*:[^/?#]*@|[?&]password=");

  private DatabaseUrl() {}

  static String read(TargetsFileMap fields) {
    String url = fields.url("database", "database: " + WHAT).value();
    if (url.isEmpty()) {
      return url;
    }
    if (PASSWORD.matcher(url).find()) {
      fields.problem(
          "database",
          "The URL holds a password. Remove it, and add the key password-env: NAME or"
              + " password-secret: ARN.");
    } else if (!isWhole(url)) {
      fields.problem(
          "database",
          "This is not the URL of a database with a user and a host. Write "
              + WHAT
              + " with special characters percent-encoded.");
    } else {
      checkProperties(fields, url);
    }
    return url;
  }

  private static boolean isWhole(String url) {
    return ServerUrl.isComplete(url) && !url.contains("#");
  }

  private static void checkProperties(TargetsFileMap fields, String url) {
    try {
      ServerUrl.check(url);
    } catch (DecantException e) {
      fields.problem("database", String.valueOf(e.getMessage()));
    }
  }
}
