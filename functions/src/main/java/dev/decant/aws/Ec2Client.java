package dev.decant.aws;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.endpoint.AwsClientEndpointProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * A client of the query API of Amazon EC2. The SDK's own client of EC2 is larger than all others
 * together, so this one adds only the requests to the parts of the SDK that those share: the
 * credentials, the region, the endpoint, the signature and the HTTP client.
 *
 * <p>Errors are those of the SDK. What may succeed later is tried {@link #ATTEMPTS} times.
 */
public final class Ec2Client implements SdkClient {
  private static final String SERVICE = "ec2";
  private static final String VERSION = "2016-11-15";

  /** The SDK's clients make as many. */
  static final int ATTEMPTS = 3;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);
  private static final double JITTER = 0.5;

  private final RetryPolicy<XmlElement> retries =
      RetryPolicy.<XmlElement>builder()
          .handleIf(e -> e instanceof SdkException failure && AwsErrors.isTransient(failure))
          .withMaxAttempts(ATTEMPTS)
          .withBackoff(FIRST_PAUSE, LONGEST_PAUSE)
          .withJitter(JITTER)
          .build();
  private final SdkHttpClient http = AwsHttp.usual().build();
  private final DefaultCredentialsProvider credentials =
      DefaultCredentialsProvider.builder().build();
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  @Override
  public String serviceName() {
    return SERVICE;
  }

  /**
   * Calls an action.
   *
   * @param action the name of the action: {@code DescribeVolumes}
   * @param parameters its parameters, whose names are those of the query API: {@code Filter.1.Name}
   * @return the answer
   * @throws SdkException if it failed
   */
  public XmlElement call(String action, Map<String, String> parameters) {
    Map<String, String> all = new TreeMap<>(parameters);
    all.put("Action", action);
    all.put("Version", VERSION);
    byte[] form =
        all.entrySet().stream()
            .map(each -> encode(each.getKey()) + '=' + encode(each.getValue()))
            .collect(Collectors.joining("&"))
            .getBytes(StandardCharsets.US_ASCII);
    try {
      return Failsafe.with(retries).get(() -> attempt(form));
    } catch (FailsafeException e) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("The call of EC2 was interrupted.", e);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private XmlElement attempt(byte[] form) {
    SignedRequest signed = sign(form);
    HttpExecuteRequest request =
        HttpExecuteRequest.builder()
            .request(signed.request())
            .contentStreamProvider(signed.payload().orElseThrow())
            .build();
    try {
      return read(http.prepareRequest(request).call());
    } catch (IOException e) {
      throw SdkClientException.create("EC2 did not answer.", e);
    }
  }

  private SignedRequest sign(byte[] form) {
    Region region = DefaultAwsRegionProviderChain.builder().build().getRegion();
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(endpoint(region))
            .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .putHeader("Content-Length", Integer.toString(form.length))
            .build();
    return signer.sign(
        to ->
            to.identity(credentials.resolveCredentials())
                .request(request)
                .payload(ContentStreamProvider.fromByteArray(form))
                .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                .putProperty(AwsV4HttpSigner.REGION_NAME, region.id()));
  }

  /** The settings of the SDK may name another endpoint, as for its own clients. */
  private static URI endpoint(Region region) {
    return AwsClientEndpointProvider.builder()
        .serviceEndpointOverrideEnvironmentVariable("AWS_ENDPOINT_URL_EC2")
        .serviceEndpointOverrideSystemProperty("aws.endpointUrlEc2")
        .serviceProfileProperty(SERVICE)
        .resolveFromOverrides()
        .orElseGet(() -> URI.create("https://" + ServiceMetadata.of(SERVICE).endpointFor(region)))
        .resolve("/");
  }

  private static XmlElement read(HttpExecuteResponse response) throws IOException {
    try (InputStream body =
        response
            .responseBody()
            .<InputStream>map(in -> in)
            .orElseGet(InputStream::nullInputStream)) {
      byte[] answer = body.readAllBytes();
      if (response.httpResponse().isSuccessful()) {
        return XmlElement.parse(answer)
            .orElseThrow(() -> SdkClientException.create("The answer of EC2 is not XML."));
      }
      throw failure(response.httpResponse().statusCode(), answer);
    }
  }

  /** A proxy may answer with something else than the XML of EC2. */
  private static AwsServiceException failure(int status, byte[] answer) {
    AwsServiceException.Builder failure = AwsServiceException.builder().statusCode(status);
    XmlElement.parse(answer)
        .ifPresent(
            root -> {
              XmlElement error = root.child("Errors").child("Error");
              failure
                  .requestId(root.child("RequestID").text())
                  .awsErrorDetails(
                      AwsErrorDetails.builder()
                          .serviceName(SERVICE)
                          .errorCode(error.child("Code").text())
                          .errorMessage(error.child("Message").text())
                          .build());
            });
    return failure.build();
  }

  @Override
  public void close() {
    http.close();
    credentials.close();
  }
}
