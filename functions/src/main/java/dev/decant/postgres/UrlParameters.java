package dev.decant.postgres;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of a URL as libpq does. If a parameter is also part of the query, the value
 * in the query is used. No message shows a value, because it may be a password.
 * https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS
 */
final class UrlParameters {
  private static final Set<String> OF_ADDRESS =
      Set.of("host", "hostaddr", "port", "user", "password", "dbname");

  private static final Pattern URL =
      Pattern.compile(
          "postgres(?:ql)?://(?:(?<user>[^:@/?\\s]*)(?::(?<password>[^@/?\\s]*))?@)?"
              + "(?:(?<several>[^@/?\\s]*,[^@/?\\s]*)|\\[(?<six>[^]@/?\\s]*)]|(?<host>[^:@/?\\s]*))"
              + "(?::(?<port>[^:@/?\\s]*))?"
              + "(?:/(?<dbname>[^?\\s]*))?(?:\\?(?<query>\\S*))?");

  private UrlParameters() {}

  /**
   * The parameters that are not empty, by libpq's names.
   *
   * @param strict whether an unknown parameter is an error. The URLs of applications may have
   *     parameters that only their ORM knows; these are ignored if it is false
   */
  static Map<String, String> read(String url, boolean strict) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw ServerUrl.notOne();
    }
    Map<String, String> found = new HashMap<>();
    for (String name : new String[] {"user", "password", "port", "dbname"}) {
      put(found, name, parts.group(name));
    }
    for (String form : new String[] {"host", "six", "several"}) {
      put(found, "host", parts.group(form));
    }
    String query = parts.group("query");
    if (query != null && !query.isEmpty()) {
      for (String pair : query.split("&", -1)) {
        String[] sides = pair.split("=", 2);
        boolean known =
            sides.length == 2
                && (OF_ADDRESS.contains(sides[0]) || ServerUrl.PROPERTIES.containsKey(sides[0]));
        if (known) {
          put(found, sides[0], sides[1]);
        } else if (strict) {
          throw ServerUrl.unknownParameter();
        }
      }
    }
    return found;
  }

  private static void put(Map<String, String> found, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      try {
        found.put(name, ServerUrl.decoded(value));
      } catch (IllegalArgumentException e) {
        throw ServerUrl.notOne(); // The exception's message would show the text.
      }
    }
  }
}
