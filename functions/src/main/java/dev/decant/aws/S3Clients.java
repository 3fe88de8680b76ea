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
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Makes S3 clients. The SDK finds region and credentials in its usual places. If {@code
 * AWS_ENDPOINT_URL_S3} or {@code AWS_ENDPOINT_URL} is set, the store is not AWS. Then the bucket is
 * part of the path of URLs, unless {@code DECANT_S3_PATH_STYLE=false}, and checksums are sent only
 * where S3 demands them, because such stores may not know the newer kinds.
 */
public final class S3Clients {
  /**
   * A counter that a request may carry, for the number of its attempts. If a write was retried, an
   * earlier attempt may have succeeded.
   */
  public static final ExecutionAttribute<AtomicInteger> ATTEMPTS =
      new ExecutionAttribute<>("decant.attempts");

  /**
   * S3 answers a copy request when the copy is done, and S3-compatible stores may send nothing
   * before.
   */
  static final Duration COPY_TIMEOUT = Duration.ofMinutes(5);

  private static final int MAX_ATTEMPTS = 6;
  private static final int MAX_COPY_ATTEMPTS = 8;
  private static final String KEPT_CONNECTIONS = "http.maxConnections";

  private S3Clients() {}

  /** Makes a client. The caller closes it. */
  public static S3Client create() {
    return create(
        S3Client.builder().httpClientBuilder(AwsHttp.usual()).overrideConfiguration(retries()),
        endpoint(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Makes a client for very many concurrent requests to the store of a bucket. The caller closes
   * it.
   */
  public static S3Client create(BucketSpec spec) {
    keepConnections();
    Optional<URI> endpoint = endpoint(spec);
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(AwsHttp.within(AwsHttp.CONNECT_TIMEOUT, COPY_TIMEOUT))
            .overrideConfiguration(manyRetries());
    spec.profile()
        .ifPresent(
            profile -> builder.credentialsProvider(ProfileCredentialsProvider.create(profile)));
    builder.crossRegionAccessEnabled(endpoint.isEmpty() && spec.region().isEmpty());
    return create(builder, endpoint, spec.region(), spec.pathStyle());
  }

  /** The endpoint of the store in which a bucket is. It is empty for AWS. */
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
          "The S3 client could not be made because no region is set. Set AWS_REGION, or a region in"
              + " the AWS profile.",
          e);
    }
  }

  /**
   * Raises the number of idle connections that the JDK keeps for each host. Its default is five, so
   * with more concurrent requests nearly every request would open a new connection with a TLS
   * handshake. The JDK reads this property once.
   */
  private static void keepConnections() {
    if (System.getProperty(KEPT_CONNECTIONS) == null) {
      System.setProperty(KEPT_CONNECTIONS, "256");
    }
  }

  /**
   * Retries without the SDK's common budget for all requests. A few seconds of throttling would use
   * that budget up, and then every object would fail at once. Each request waits longer after each
   * failure, so there are never more requests than jobs.
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
      builder.region(Region.US_EAST_1); // such stores seldom have regions
    }
  }

  /**
   * Whether a region is set. This does not ask the metadata service of the instance, because such
   * an instance may not exist and the request takes seconds.
   */
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

  /**
   * Parses the URL of a store, which must have a host. java.net.URI accepts no host with an
   * underscore.
   */
  static URI uri(String text) {
    try {
      URI uri = URI.create(text);
      if (uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // The error below says so.
    }
    throw new DecantException(
        ErrorCode.SETTING_INVALID,
        "The endpoint "
            + text
            + " is not the URL of a store. Write http://HOST:PORT or https://HOST in"
            + " AWS_ENDPOINT_URL or in the endpoint of the bucket. The name of the host must not"
            + " have an underscore; write its address or another name instead.");
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
