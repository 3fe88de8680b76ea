package dev.decant.hook;

import dev.decant.aws.AwsHttp;
import dev.decant.error.DecantException;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * The common parts of all calls to AWS: they have a deadline, the SDK does not retry them, and
 * their messages show no secret.
 */
final class AwsCalls {
  private static final Duration MOST_TO_CONNECT = Duration.ofSeconds(10);
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  private AwsCalls() {}

  /**
   * An HTTP client whose reads may last until the deadline. The SDK closes it together with the
   * service client.
   */
  static SdkHttpClient.Builder<?> http(Deadline deadline) {
    try {
      return AwsHttp.within(deadline.left(MOST_TO_CONNECT), deadline.left());
    } catch (DecantException e) {
      throw HookFailure.lasting(String.valueOf(e.getMessage()));
    }
  }

  /** No retries by the SDK. The hook counts its attempts, as some functions must run only once. */
  static ClientOverrideConfiguration once(Deadline deadline) {
    return ClientOverrideConfiguration.builder()
        .apiCallTimeout(deadline.left())
        .retryStrategy(AwsRetryStrategy.doNotRetry())
        .build();
  }

  /**
   * Makes a call. If it fails, the message of the {@link HookFailure} shows only the service, the
   * status and the error code.
   */
  static <T> T call(String service, Supplier<T> call) {
    try {
      return call.get();
    } catch (AwsServiceException e) {
      int status = e.statusCode();
      String code = e.awsErrorDetails() == null ? "" : ", " + e.awsErrorDetails().errorCode();
      throw new HookFailure(
          service + " answered " + status + code, status < SERVER_ERROR && status != TOO_MANY);
    } catch (ApiCallTimeoutException e) {
      throw HookFailure.passing(service + " did not answer in time");
    } catch (SdkException e) {
      throw HookFailure.passing(
          service
              + " cannot be called"
              + AwsHttp.proxyOf(e)
              + "; check the network, the region and the credentials");
    }
  }
}
