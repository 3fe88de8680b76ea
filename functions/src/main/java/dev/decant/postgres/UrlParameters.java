package dev.decant.postgres;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A URL as libpq reads it: the parameters that it has, by libpq's names; those of the query count
 * last. No message shows one: there are passwords.
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
   * Reads them; what is empty is not there.
   *
   * @param strict whether what is unknown is an error, or what an ORM reads there
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
        throw ServerUrl.notOne(); // its message shows the text
      }
    }
  }
}
