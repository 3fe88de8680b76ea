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
 * Keeps a refresh away from any server but the one that is meant. A forbidden host is refused by
 * its name, by every name that its addresses have, and by its addresses, whatever alias the targets
 * file writes.
 */
final class HostGuard {
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
   * Checks the host before any connection.
   *
   * @param confirm what the caller typed
   * @throws DecantException {@link ErrorCode#REFUSED}
   */
  static void check(Target target, String host, String database, String confirm) {
    HostGuard guard = new HostGuard(target, host, database);
    guard.requireAllowed();
    guard.requireNotForbidden();
    guard.requireConfirmed(confirm);
  }

  /** Checks the address that the server itself has. */
  static void checkAddress(Target target, String serverAddress) {
    for (String never : target.permission().never()) {
      if (!isPattern(never) && isSame(resolve(name(never)), List.of(address(serverAddress)))) {
        throw RefreshErrors.refused(
            target,
            "its server has the address "
                + serverAddress
                + ", which is that of "
                + never
                + ", in never");
      }
      if (matches(never, serverAddress)) {
        throw RefreshErrors.refused(
            target, "its server has the address " + serverAddress + ", in never");
      }
    }
  }

  private void requireAllowed() {
    if (!target.permission().allowRefresh()) {
      throw RefreshErrors.refused(
          target, "allow-refresh is not true. Whoever owns the target sets it in the targets file");
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
        throw RefreshErrors.refused(target, "the database " + database + " is in never");
      }
      for (String alias : names) {
        if (matches(never, alias)) {
          throw RefreshErrors.refused(
              target,
              "the host "
                  + host
                  + (alias.equals(host) ? "" : ", which is " + alias + ",")
                  + " is in never ("
                  + never
                  + ")");
        }
      }
      if (!isPattern(never) && isSame(resolve(name(never)), addresses)) {
        throw RefreshErrors.refused(
            target, "the host " + host + " is the same as " + never + ", which is in never");
      }
    }
  }

  /** What was typed is the host of the file, and the one that the connection goes to. */
  private void requireConfirmed(String confirm) {
    String expected = name(target.permission().confirm());
    if (!expected.equals(name(confirm))) {
      throw RefreshErrors.refused(
          target,
          confirm.isEmpty()
              ? "type its host: --confirm " + target.permission().confirm()
              : "the host that was typed is not that of the target: --confirm "
                  + target.permission().confirm());
    }
    if (!expected.equals(host) && resolve(expected).stream().noneMatch(addresses::contains)) {
      throw RefreshErrors.refused(
          target,
          "the connection goes to "
              + host
              + ", and "
              + expected
              + ", which confirm names, is not that host. Correct the targets file");
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

  /** This machine has many addresses: 127.0.0.0/8, ::1, those of its interfaces, 0.0.0.0. */
  private static boolean isSame(List<InetAddress> some, List<InetAddress> others) {
    return some.stream().anyMatch(others::contains)
        || (some.stream().anyMatch(HostGuard::isHere)
            && others.stream().anyMatch(HostGuard::isHere));
  }

  /** Whether an address is one of this machine. */
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
   * Without an answer of the names' service there is nothing to compare: names still are. A folder
   * of a Unix-domain socket is on this machine.
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
      return InetAddress.getLoopbackAddress(); // a server tells addresses, not names
    }
  }
}
