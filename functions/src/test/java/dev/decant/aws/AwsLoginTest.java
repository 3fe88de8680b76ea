package dev.decant.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** Uses shortened messages of the SDK's credential providers. */
final class AwsLoginTest {
  private static final String WHERE = "s3://b/k";

  private final AwsLogin dev = new AwsLogin(Map.of("AWS_PROFILE", "dev"));

  @Test
  void anSsoSessionThatIsOverIsRenewedByItsCommand() {
    SdkException over =
        chain(
            "The SSO session associated with this profile has expired or is otherwise invalid. To"
                + " refresh this SSO session run aws sso login with the corresponding profile.");

    assertThat(AwsLogin.lacking(over)).isTrue();
    assertThat(dev.missing(WHERE, over))
        .isEqualTo(
            "The SSO session for s3://b/k has expired or was never started. Log in: aws sso login"
                + " --profile dev.");
    assertThat(new AwsLogin(Map.of()).missing(WHERE, over)).endsWith("Log in: aws sso login.");
  }

  @Test
  void aProviderOfOneProfileAloneIsUnderstoodToo() {
    SdkException over = SdkClientException.create("Token is expired");

    assertThat(AwsLogin.lacking(over)).isTrue();
    assertThat(dev.missing(WHERE, over)).contains("aws sso login --profile dev");
  }

  @Test
  void aProfileThatIsNotThereIsNamed() {
    SdkException absent =
        chain("Profile file contained no credentials for profile 'dev': ProfileFile(…)");

    assertThat(dev.missing(WHERE, absent))
        .startsWith("The AWS profile dev gives no credentials for s3://b/k.")
        .contains("aws configure list-profiles");
  }

  @Test
  void aRolesSourceProfileIsNamed() {
    SdkException source =
        chain(
            "The source profile of 'dev' was configured to be 'base', but that source profile has"
                + " no credentials configured.");

    assertThat(dev.missing(WHERE, source)).contains("profile base", "--profile base");
  }

  @Test
  void withoutAnythingAllWaysAreNamed() {
    assertThat(new AwsLogin(Map.of()).missing(WHERE, chain("Profile file contained no …")))
        .isEqualTo(
            "No AWS credentials were found for s3://b/k. Set AWS_PROFILE and log in (aws sso"
                + " login), or run decant where a role provides credentials.");
  }

  @Test
  void whatExpiredIsRenewedWhereItCameFrom() {
    assertThat(dev.expired(WHERE)).endsWith("have expired. Log in: aws sso login --profile dev.");
    assertThat(new AwsLogin(Map.of("AWS_SESSION_TOKEN", "x", "AWS_VAULT", "home")).expired(WHERE))
        .contains("aws-vault exec home -- decant");
    assertThat(new AwsLogin(Map.of("AWS_SESSION_TOKEN", "x")).expired(WHERE))
        .contains("AWS_SESSION_TOKEN");
  }

  private static SdkException chain(String ofProfile) {
    return SdkClientException.create(
        "Unable to load credentials from any of the providers in the chain"
            + " AwsCredentialsProviderChain(…) : [SystemPropertyCredentialsProvider(): Unable to"
            + " load credentials from system settings., ProfileCredentialsProvider(profileName=dev,"
            + " …): "
            + ofProfile
            + ", ContainerCredentialsProvider(): Cannot fetch credentials from container]");
  }
}
