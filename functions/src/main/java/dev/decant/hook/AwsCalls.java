package dev.decant.hook;

import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** What the calls to AWS have in common: a deadline, no retries of the SDK's own, safe messages. */
final class AwsCalls {
  private static final Duration MOST_TO_CONNECT = Duration.ofSeconds(10);
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  private AwsCalls() {}

  /** A client whose reads may last as long as the hook; the SDK closes it with its own client. */
  static SdkHttpClient.Builder<?> http(Deadline deadline) {
    return UrlConnectionHttpClient.builder()
        .connectionTimeout(deadline.left(MOST_TO_CONNECT))
        .socketTimeout(deadline.left());
  }

  /** The hook counts its attempts itself: a function may not bear a second call. */
  static ClientOverrideConfiguration once(Deadline deadline) {
    return ClientOverrideConfiguration.builder()
        .apiCallTimeout(deadline.left())
        .retryStrategy(AwsRetryStrategy.doNotRetry())
        .build();
  }

  /** Calls, with failures as {@link HookFailure}: service, status and code, nothing else. */
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
          service + " cannot be called: check network, region and credentials");
    }
  }
}
