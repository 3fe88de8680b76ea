package dev.decant.aws;

import java.net.Proxy;
import java.util.Optional;

/**
 * The way to a host.
 *
 * @param proxy the proxy, or {@link Proxy#NO_PROXY} if the host is reached without one
 * @param user the user whom the proxy lets pass; empty if its URL names none
 */
public record ProxyRoute(Proxy proxy, Optional<ProxyUser> user) {
  static final ProxyRoute DIRECT = new ProxyRoute(Proxy.NO_PROXY, Optional.empty());

  /** Shows the address of the proxy without the credentials. */
  @Override
  public String toString() {
    return proxy.toString();
  }
}
