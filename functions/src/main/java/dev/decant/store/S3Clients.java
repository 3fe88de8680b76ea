package dev.decant.store;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
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
final class S3Clients {
  /** Counts the attempts of a request that carries a counter: a retried write may have happened. */
  static final ExecutionAttribute<AtomicInteger> ATTEMPTS =
      new ExecutionAttribute<>("decant.attempts");

  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  static final Duration READ_TIMEOUT = Duration.ofSeconds(60);
  private static final int MAX_ATTEMPTS = 6;

  private S3Clients() {}

  /** A client; the caller closes it. */
  static S3Client create() {
    try {
      S3ClientBuilder builder =
          S3Client.builder().httpClient(http()).overrideConfiguration(retries());
      endpoint().ifPresent(uri -> custom(builder, uri));
      return builder.build();
    } catch (SdkClientException e) {
      throw new DecantException(
          ErrorCode.SETTING_INVALID,
          "The S3 client could not be made: no region is set. Set AWS_REGION, or a region in the"
              + " AWS profile.",
          e);
    }
  }

  private static software.amazon.awssdk.http.SdkHttpClient http() {
    return UrlConnectionHttpClient.builder()
        .connectionTimeout(CONNECT_TIMEOUT)
        .socketTimeout(READ_TIMEOUT)
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

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new DecantException(
          ErrorCode.SETTING_INVALID, "AWS_ENDPOINT_URL is no URL: " + text + ".", e);
    }
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
