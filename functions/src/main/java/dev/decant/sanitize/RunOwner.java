package dev.decant.sanitize;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who runs, for the record of a claim: machine and process. */
final class Owner {
  private static final Pattern RECORDED = Pattern.compile("(\\S+) process (\\d{1,10})( .*)?");

  private Owner() {}

  static String description() {
    return host() + " process " + ProcessHandle.current().pid();
  }

  /**
   * Whether the owner of a claim is a process of this machine that has ended without giving it
   * back: killed. Asked only for stores that are folders of this machine, where processes share
   * their numbers.
   */
  static boolean killedHere(String recorded) {
    Matcher matcher = RECORDED.matcher(recorded);
    if (!matcher.matches() || !host().equals(matcher.group(1))) {
      return false;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(matcher.group(2)));
    return process.isEmpty() || !process.get().isAlive();
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown-host";
    }
  }
}
