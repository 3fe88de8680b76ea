package dev.decant.aws;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Turns errors of AWS into messages that say what to do.
 *
 * @param notFound the code of the error if the bucket or object does not exist
 * @param failed the code of the error if AWS or the network failed
 */
public record AwsErrors(ErrorCode notFound, ErrorCode failed) {
  public static final AwsErrors OF_STORE =
      new AwsErrors(ErrorCode.SNAPSHOT_NOT_FOUND, ErrorCode.STORE_FAILED);
  public static final AwsErrors OF_SOURCE =
      new AwsErrors(ErrorCode.SOURCE_NOT_FOUND, ErrorCode.SOURCE_UNREADABLE);

  private static final AwsLogin LOGIN = new AwsLogin(System.getenv());

  private static final String CHECK_PROXY =
      "the proxy and its variable. If this host is reached directly, list it in NO_PROXY";

  static final int FORBIDDEN = 403;
  public static final int NOT_FOUND = 404;
  private static final int PROXY_NEEDS_USER = 407;
  public static final int CONFLICT = 409;
  public static final int PRECONDITION_FAILED = 412;
  static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int SERVER_ERROR = 500;
  public static final int NOT_IMPLEMENTED = 501;
  private static final int TOO_MANY = 429;

  /** Whether the same request may succeed later. */
  static boolean isTransient(SdkException e) {
    if (e instanceof AwsServiceException service) {
      return service.statusCode() >= SERVER_ERROR
          || service.statusCode() == TOO_MANY
          || service.isThrottlingException();
    }
    return !(e instanceof AbortedException) && !AwsLogin.lacking(e);
  }

  /**
   * The error to throw.
   *
   * @param action the action as IAM policies name it: {@code s3:GetObject}
   * @param where the object as people write it: {@code s3://bucket/key}
   */
  public DecantException failure(String action, String where, SdkException e) {
    if (e instanceof AbortedException) {
      return new DecantException(ErrorCode.CANCELLED, "The run was cancelled at " + where + ".", e);
    }
    if (e instanceof AwsServiceException service) {
      return ofService(action, where, service);
    }
    if (AwsLogin.lacking(e)) {
      return denied(LOGIN.missing(where, e), e);
    }
    Optional<String> proxy = ProxiedClient.words(e);
    return new DecantException(
        failed,
        where
            + " could not be reached"
            + proxy.orElse("")
            + ": "
            + cause(e)
            + ". Check "
            + (proxy.isPresent() ? CHECK_PROXY : "the network, the region and AWS_ENDPOINT_URL")
            + ".",
        e);
  }

  private DecantException ofService(String action, String where, AwsServiceException e) {
    String code = code(e);
    return switch (code) {
      case "NoSuchBucket" ->
          new DecantException(
              notFound,
              "The bucket of " + where + " does not exist. Check its name and the region.",
              e);
      case "NoSuchUpload" ->
          new DecantException(
              failed,
              "The upload of "
                  + where
                  + " was aborted by another run or by `decant sweep`. Run the command again.",
              e);
      case "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "RequestExpired" ->
          denied(LOGIN.expired(where), e);
      case "InvalidAccessKeyId",
          "SignatureDoesNotMatch",
          "InvalidToken",
          "UnrecognizedClientException" ->
          denied(
              "AWS does not accept the credentials for "
                  + where
                  + " ("
                  + code
                  + "). Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the profile in"
                  + " AWS_PROFILE.",
              e);
      case "AccessDenied", "AccessDeniedException" -> denied(forbidden(action, where, e), e);
      case "RequestTimeTooSkewed" ->
          denied(
              "AWS refused the request for "
                  + where
                  + " because the clock of this machine is wrong. Set the clock.",
              e);
      case "PermanentRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException" ->
          new DecantException(
              ErrorCode.SETTING_INVALID,
              "The bucket of "
                  + where
                  + " is in another region. Set AWS_REGION to the region of the bucket.",
              e);
      default -> byStatus(action, where, e);
    };
  }

  private DecantException byStatus(String action, String where, AwsServiceException e) {
    return switch (e.statusCode()) {
      case FORBIDDEN -> denied(forbidden(action, where, e), e);
      case NOT_FOUND ->
          new DecantException(
              notFound, where + " does not exist. Check the bucket and the key.", e);
      case PROXY_NEEDS_USER ->
          new DecantException(
              failed,
              "The proxy on the way to "
                  + where
                  + " accepts no request without a valid user and password. Set HTTPS_PROXY, or"
                  + " HTTP_PROXY for an http:// URL, to http://USER:PASSWORD@HOST:PORT.",
              e);
      default ->
          new DecantException(
              failed,
              "AWS failed at "
                  + action
                  + " on "
                  + where
                  + ": "
                  + code(e)
                  + " (status "
                  + e.statusCode()
                  + ", request "
                  + e.requestId()
                  + "). Run the command again.",
              e);
    };
  }

  private static String forbidden(String action, String where, AwsServiceException e) {
    String resource = where.replaceFirst("^s3://", "arn:aws:s3:::");
    AwsErrorDetails details = e.awsErrorDetails();
    String message = details == null ? null : details.errorMessage();
    boolean key = message != null && message.contains("kms:");
    return "AWS denied "
        + action
        + " on "
        + where
        + ". Allow this role "
        + action
        + " on "
        + resource
        + (key ? ", and allow the action on the KMS key that AWS names: " + message : "")
        + (action.equals("s3:GetObject")
            ? " and s3:ListBucket on the bucket, without which AWS also denies a missing object"
            : "")
        + ". `aws sts get-caller-identity` shows which role that is.";
  }

  private static DecantException denied(String message, SdkException e) {
    return new DecantException(ErrorCode.STORE_DENIED, message, e);
  }

  /** The code that AWS gives the error, such as {@code NoSuchKey}, or its status without one. */
  public static String code(AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    String code = details == null ? null : details.errorCode();
    return code == null ? "status " + e.statusCode() : code;
  }

  private static String cause(Throwable e) {
    Throwable cause = e;
    for (@Nullable Throwable t = e; t != null; t = t.getCause()) {
      cause = t;
    }
    return cause.getClass().getSimpleName() + " " + cause.getMessage();
  }
}
