package dev.decant.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

final class AwsErrorsTest {
  private static final String WHERE = "s3://b/k";

  private static SdkException s3(int status, String code, String message) {
    return (SdkException)
        S3Exception.builder()
            .statusCode(status)
            .requestId("R1")
            .awsErrorDetails(
                AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
            .build();
  }

  private static DecantException failure(SdkException e) {
    return AwsErrors.OF_STORE.failure("s3:PutObject", WHERE, e);
  }

  @ParameterizedTest
  @CsvSource({
    "404, NoSuchBucket, SNAPSHOT_NOT_FOUND, The bucket of s3://b/k does not exist.",
    "404, NoSuchKey, SNAPSHOT_NOT_FOUND, s3://b/k does not exist.",
    "404, NoSuchUpload, STORE_FAILED, The upload of s3://b/k was aborted",
    "400, ExpiredToken, STORE_DENIED, The AWS credentials for s3://b/k have expired.",
    "403, InvalidAccessKeyId, STORE_DENIED, AWS does not accept the credentials for s3://b/k",
    "403, RequestTimeTooSkewed, STORE_DENIED, AWS refused the request for s3://b/k because the"
        + " clock of this machine",
    "301, PermanentRedirect, SETTING_INVALID, The bucket of s3://b/k is in another region.",
    "503, SlowDown, STORE_FAILED, AWS failed at s3:PutObject on s3://b/k: SlowDown (status 503",
  })
  void errorsSayWhatTheyMean(int status, String code, ErrorCode expected, String message) {
    DecantException e = failure(s3(status, code, "text"));
    assertThat(e.code()).isEqualTo(expected);
    assertThat(e).hasMessageStartingWith(message);
  }

  @Test
  void denialNamesActionAndResource() {
    DecantException e = failure(s3(403, "AccessDenied", "Access Denied"));
    assertThat(e.code()).isEqualTo(ErrorCode.STORE_DENIED);
    assertThat(e)
        .hasMessage(
            "AWS denied s3:PutObject on s3://b/k. Allow this role s3:PutObject on"
                + " arn:aws:s3:::b/k. `aws sts get-caller-identity` shows which role that is.");
    String kms = "User x is not authorized to perform: kms:GenerateDataKey on resource: y";
    assertThat(failure(s3(403, "AccessDenied", kms))).hasMessageContaining(kms);
    assertThat(AwsErrors.OF_SOURCE.failure("s3:GetObject", WHERE, s3(403, "403", "")))
        .hasMessageContaining("and s3:ListBucket on the bucket");
  }

  @Test
  void missingCredentialsAndNetworkAreTold() {
    SdkException none =
        SdkClientException.create("Unable to load credentials from any of the providers");
    assertThat(failure(none).code()).isEqualTo(ErrorCode.STORE_DENIED);
    assertThat(AwsErrors.isTransient(none)).isFalse();
    SdkException network =
        SdkClientException.create("x", new java.net.UnknownHostException("no.such.host"));
    assertThat(failure(network))
        .hasMessageStartingWith("s3://b/k could not be reached: UnknownHostException no.such.host");
    assertThat(AwsErrors.isTransient(network)).isTrue();
    assertThat(AwsErrors.isTransient(s3(503, "SlowDown", ""))).isTrue();
    assertThat(AwsErrors.isTransient(s3(403, "AccessDenied", ""))).isFalse();
  }
}
