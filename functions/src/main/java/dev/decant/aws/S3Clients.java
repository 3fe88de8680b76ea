package dev.decant.aws;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Makes S3 clients. Region and credentials come by the SDK's own chain. With an endpoint of its own
 * ({@code AWS_ENDPOINT_URL_S3}, {@code AWS_ENDPOINT_URL}) the store is not AWS: paths name the
 * bucket (unless {@code DECANT_S3_PATH_STYLE=false}), and check sums are sent only where S3 demands
 * them, because such stores may not know the newer ones.
 */
public final class S3Clients {
  /** Counts the attempts of a request that carries a counter: a retried write may have happened. */
  public static final ExecutionAttribute<AtomicInteger> ATTEMPTS =
      new ExecutionAttribute<>("decant.attempts");

  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  static final Duration READ_TIMEOUT = Duration.ofSeconds(60);

  /** S3 answers a copy when it is done; S3-compatible stores may not send a sign of life before. */
  static final Duration COPY_TIMEOUT = Duration.ofMinutes(5);

  private static final int MAX_ATTEMPTS = 6;
  private static final int MAX_COPY_ATTEMPTS = 8;
  private static final String KEPT_CONNECTIONS = "http.maxConnections";

  private S3Clients() {}

  /** A client; the caller closes it. */
  public static S3Client create() {
    return create(
        S3Client.builder().httpClient(http(READ_TIMEOUT)).overrideConfiguration(retries()),
        endpoint(),
        Optional.empty(),
        Optional.empty());
  }

  /** A client for very many requests at once to the store of a bucket; the caller closes it. */
  public static S3Client create(BucketSpec spec) {
    keepConnections();
    Optional<URI> endpoint = endpoint(spec);
    S3ClientBuilder builder =
        S3Client.builder().httpClient(http(COPY_TIMEOUT)).overrideConfiguration(manyRetries());
    spec.profile()
        .ifPresent(
            profile -> builder.credentialsProvider(ProfileCredentialsProvider.create(profile)));
    builder.crossRegionAccessEnabled(endpoint.isEmpty() && spec.region().isEmpty());
    return create(builder, endpoint, spec.region(), spec.pathStyle());
  }

  /** Where a bucket's store is, slashes at the end aside; empty for AWS. */
  public static Optional<URI> endpoint(BucketSpec spec) {
    return spec.endpoint().map(S3Clients::uri).or(S3Clients::endpoint);
  }

  private static S3Client create(
      S3ClientBuilder builder,
      Optional<URI> endpoint,
      Optional<String> region,
      Optional<Boolean> pathStyle) {
    try {
      endpoint.ifPresent(uri -> custom(builder, uri));
      region.ifPresent(name -> builder.region(Region.of(name)));
      pathStyle.ifPresent(builder::forcePathStyle);
      return builder.build();
    } catch (SdkClientException e) {
      throw new DecantException(
          ErrorCode.SETTING_INVALID,
          "The S3 client could not be made: no region is set. Set AWS_REGION, or a region in the"
              + " AWS profile.",
          e);
    }
  }

  private static SdkHttpClient http(Duration readTimeout) {
    return UrlConnectionHttpClient.builder()
        .connectionTimeout(CONNECT_TIMEOUT)
        .socketTimeout(readTimeout)
        .build();
  }

  /**
   * The JDK keeps five idle connections a host, and reads this once: with more requests at once
   * nearly each would make a connection of its own, TLS and all.
   */
  private static void keepConnections() {
    if (System.getProperty(KEPT_CONNECTIONS) == null) {
      System.setProperty(KEPT_CONNECTIONS, "256");
    }
  }

  /**
   * Without the SDK's budget of retries for all requests together: a few seconds of throttling
   * would use it up, and then each object fails at once. As each waits, longer each time, there are
   * never more requests than jobs.
   */
  private static ClientOverrideConfiguration manyRetries() {
    return ClientOverrideConfiguration.builder()
        .retryStrategy(
            AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(MAX_COPY_ATTEMPTS)
                .circuitBreakerEnabled(false)
                .build())
        .addExecutionInterceptor(new CountingInterceptor())
        .build();
  }

  private static ClientOverrideConfiguration retries() {
    return ClientOverrideConfiguration.builder()
        .retryStrategy(
            AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(MAX_ATTEMPTS).build())
        .addExecutionInterceptor(new CountingInterceptor())
        .build();
  }

  private static void custom(S3ClientBuilder builder, URI endpoint) {
    builder
        .endpointOverride(endpoint)
        .forcePathStyle(!"false".equals(setting("decant.s3PathStyle", "DECANT_S3_PATH_STYLE")))
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    if (!hasRegion()) {
      builder.region(Region.US_EAST_1); // such stores seldom have any
    }
  }

  /** Without asking the instance's metadata service, which is not there and takes its time. */
  private static boolean hasRegion() {
    try {
      new AwsRegionProviderChain(new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
          .getRegion();
      return true;
    } catch (SdkClientException e) {
      return false;
    }
  }

  private static Optional<URI> endpoint() {
    String own = setting("aws.endpointUrlS3", "AWS_ENDPOINT_URL_S3");
    String all = setting("aws.endpointUrl", "AWS_ENDPOINT_URL");
    String text = own != null ? own : all;
    return text == null || text.isBlank() ? Optional.empty() : Optional.of(uri(text));
  }

  /** The URL of a store, with a host: Java's URLs take none with an underscore. */
  static URI uri(String text) {
    try {
      URI uri = URI.create(text);
      if (uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw new DecantException(
        ErrorCode.SETTING_INVALID,
        "AWS_ENDPOINT_URL is no URL of a store: "
            + text
            + ". Write http://HOST:PORT or https://HOST. A host with an underscore cannot be asked:"
            + " write its address, or another name of it.");
  }

  private static @Nullable String setting(String property, String variable) {
    String value = System.getProperty(property);
    return value != null ? value : System.getenv(variable);
  }

  private static final class CountingInterceptor implements ExecutionInterceptor {
    @Override
    public void beforeTransmission(
        Context.BeforeTransmission context, ExecutionAttributes attributes) {
      AtomicInteger attempts = attributes.getAttribute(ATTEMPTS);
      if (attempts != null) {
        attempts.incrementAndGet();
      }
    }
  }
}
