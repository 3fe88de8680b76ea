package dev.decant.sanitize;

import dev.decant.store.RunClaim;
import dev.decant.store.SnapshotStore;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The machine and the process that hold a claim, as text for the record of the claim. */
final class RunOwner {
  private static final Pattern RECORDED = Pattern.compile("(\\S+) process (\\d{1,10})( .*)?");

  private RunOwner() {}

  static String description() {
    return host() + " process " + ProcessHandle.current().pid();
  }

  /**
   * Whether the owner of a claim is a process of this machine that ended without releasing the
   * claim, because it was killed. In a remote store nothing is known about processes.
   */
  static boolean killed(SnapshotStore store, RunClaim.Outcome.Taken other) {
    return !other.done() && !store.isRemote() && killedHere(other.owner());
  }

  private static boolean killedHere(String recorded) {
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
