package dev.decant.aws;

import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** The HTTP clients of the clients of AWS services other than S3, whose answers are short. */
public final class ServiceHttp {
  private ServiceHttp() {}

  /** A builder with decant's time-outs. The SDK closes what it builds with the service's client. */
  public static UrlConnectionHttpClient.Builder client() {
    return UrlConnectionHttpClient.builder()
        .connectionTimeout(S3Clients.CONNECT_TIMEOUT)
        .socketTimeout(S3Clients.READ_TIMEOUT);
  }
}
