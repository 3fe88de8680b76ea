package dev.decant.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A user and a password for a proxy. They are never given to a server. */
public final class ProxyUser extends Authenticator {
  public static final String HEADER = "Proxy-Authorization";

  private final String user;
  private final String password;

  ProxyUser(String user, String password) {
    this.user = user;
    this.password = password;
  }

  /** The value of the header {@link #HEADER}, which is secret. */
  public String header() {
    return "Basic " + Base64.getEncoder().encodeToString((user + ':' + password).getBytes(UTF_8));
  }

  @Override
  protected @Nullable PasswordAuthentication getPasswordAuthentication() {
    return getRequestorType() == RequestorType.PROXY
        ? new PasswordAuthentication(user, password.toCharArray())
        : null;
  }
}
