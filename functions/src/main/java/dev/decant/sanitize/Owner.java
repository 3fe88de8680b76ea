package dev.decant.sanitize;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who runs, for the record of a claim: machine and process. */
final class Owner {
  private Owner() {}

  static String description() {
    return host() + " process " + ProcessHandle.current().pid();
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown host";
    }
  }
}
