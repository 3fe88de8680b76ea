package dev.decant.aws;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.Optional;

/**
 * The way to a host.
 *
 * @param proxy the proxy, or {@link Proxy#NO_PROXY} if the host is reached without one
 * @param user the user whom the proxy lets pass; empty if its URL names none
 * @param variable the environment variable that names the proxy, or an empty string
 */
public record ProxyRoute(Proxy proxy, Optional<ProxyUser> user, String variable) {
  static final ProxyRoute DIRECT = new ProxyRoute(Proxy.NO_PROXY, Optional.empty(), "");

  /**
   * The words that a message about a host that cannot be reached needs: the proxy, without the
   * credentials, and its variable. An empty string if there is no proxy.
   */
  public String words() {
    return proxy.address() instanceof InetSocketAddress address
        ? " through the proxy "
            + address.getHostString()
            + ":"
            + address.getPort()
            + " of the environment variable "
            + variable
        : "";
  }

  /** Shows the address of the proxy without the credentials. */
  @Override
  public String toString() {
    return proxy.toString();
  }
}
