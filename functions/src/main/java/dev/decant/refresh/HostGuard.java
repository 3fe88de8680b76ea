package dev.decant.refresh;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.target.Target;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Keeps a refresh away from every server except the intended one. A host in {@code never} is
 * refused by its name, by every name that its addresses have, and by its addresses, so an alias in
 * the targets file does not help.
 */
final class HostGuard {
  private static final String NEVER_ADVICE =
      "Correct the URL of the target. Remove the entry only if it does not protect production.";

  private final Target target;
  private final String host;
  private final String database;
  private final List<InetAddress> addresses;

  private HostGuard(Target target, String host, String database) {
    this.target = target;
    this.host = name(host);
    this.database = database;
    this.addresses = resolve(this.host);
  }

  /**
   * Checks the host before the first connection.
   *
   * @param confirm the host that the caller typed
   * @throws DecantException {@link ErrorCode#REFUSED}
   */
  static void check(Target target, String host, String database, String confirm) {
    HostGuard guard = new HostGuard(target, host, database);
    guard.requireAllowed();
    guard.requireNotForbidden();
    guard.requireConfirmed(confirm);
  }

  /** Checks the address that the server itself reports. */
  static void checkAddress(Target target, String serverAddress) {
    for (String never : target.permission().never()) {
      if (!isPattern(never) && isSame(resolve(name(never)), List.of(address(serverAddress)))) {
        throw RefreshErrors.refused(
            target,
            "Its server has the address "
                + serverAddress
                + ", which is the address of "
                + never
                + " in never. "
                + NEVER_ADVICE);
      }
      if (matches(never, serverAddress)) {
        throw RefreshErrors.refused(
            target,
            "Its server has the address " + serverAddress + ", which is in never. " + NEVER_ADVICE);
      }
    }
  }

  private void requireAllowed() {
    if (!target.permission().allowRefresh()) {
      throw RefreshErrors.refused(
          target,
          "Its allow-refresh is not true. The owner of the target sets it in the targets file.");
    }
  }

  private void requireNotForbidden() {
    Set<String> names = new LinkedHashSet<>(List.of(host, name(target.permission().confirm())));
    addresses.forEach(
        address -> {
          names.add(address.getHostAddress());
          names.add(name(address.getCanonicalHostName()));
        });
    for (String never : target.permission().never()) {
      if (matches(never, database)) {
        throw RefreshErrors.refused(
            target, "The database " + database + " is in never. " + NEVER_ADVICE);
      }
      for (String alias : names) {
        if (matches(never, alias)) {
          throw RefreshErrors.refused(
              target,
              "The host "
                  + host
                  + (alias.equals(host) ? "" : ", which is also " + alias + ",")
                  + " is in never, by the entry "
                  + never
                  + ". "
                  + NEVER_ADVICE);
        }
      }
      if (!isPattern(never) && isSame(resolve(name(never)), addresses)) {
        throw RefreshErrors.refused(
            target,
            "The host "
                + host
                + " is the same machine as "
                + never
                + ", which is in never. "
                + NEVER_ADVICE);
      }
    }
  }

  /**
   * Requires that the typed host is the one of the targets file and the one that the connection
   * goes to.
   */
  private void requireConfirmed(String confirm) {
    String expected = name(target.permission().confirm());
    if (!expected.equals(name(confirm))) {
      throw RefreshErrors.refused(
          target,
          confirm.isEmpty()
              ? "No host was confirmed. Type the host of the target: --confirm "
                  + target.permission().confirm()
              : "The confirmed host is not the host of the target. Check which target you mean; its"
                  + " host is confirmed with --confirm "
                  + target.permission().confirm());
    }
    if (!expected.equals(host) && resolve(expected).stream().noneMatch(addresses::contains)) {
      throw RefreshErrors.refused(
          target,
          "The connection goes to "
              + host
              + ", but the host in confirm, "
              + expected
              + ", is another one. Correct the targets file.");
    }
  }

  private static String name(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    String bare =
        lower.startsWith("[") && lower.endsWith("]")
            ? lower.substring(1, lower.length() - 1)
            : lower;
    return bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
  }

  private static boolean isPattern(String never) {
    return never.contains("*");
  }

  private static boolean matches(String never, String text) {
    String pattern =
        Arrays.stream(name(never).split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    return Pattern.compile(pattern, Pattern.DOTALL).matcher(name(text)).matches();
  }

  /**
   * Returns whether two lists share an address. All addresses of this machine count as one:
   * 127.0.0.0/8, ::1, 0.0.0.0, and those of its interfaces.
   */
  private static boolean isSame(List<InetAddress> some, List<InetAddress> others) {
    return some.stream().anyMatch(others::contains)
        || (some.stream().anyMatch(HostGuard::isHere)
            && others.stream().anyMatch(HostGuard::isHere));
  }

  /** Returns whether an address belongs to this machine. */
  static boolean isHere(InetAddress address) {
    try {
      return address.isLoopbackAddress()
          || address.isAnyLocalAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return false;
    }
  }

  /**
   * Returns the addresses of a host. The list is empty if the name cannot be resolved; the names
   * are compared all the same. The folder of a Unix-domain socket is on this machine.
   */
  private static List<InetAddress> resolve(String host) {
    if (host.startsWith("/")) {
      return resolve("localhost");
    }
    try {
      return List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException e) {
      return List.of();
    }
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      return InetAddress
          .getLoopbackAddress(); // does not happen: a server reports an address, not a name
    }
  }
}
