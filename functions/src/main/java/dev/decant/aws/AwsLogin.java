package dev.decant.aws;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Builds the messages for missing and expired AWS credentials. Each names the command that provides
 * new ones.
 *
 * @param environment the environment variables of the process
 */
record AwsLogin(Map<String, String> environment) {
  private static final Pattern SESSION_OVER =
      Pattern.compile("The SSO session associated|SSO token|Token is expired|cached token");
  private static final Pattern NO_PROFILE =
      Pattern.compile("Profile file contained no credentials for profile '([^']*)'");
  private static final Pattern SOURCE_PROFILE =
      Pattern.compile("The source profile of '([^']*)' was configured to be '([^']*)'");

  /** Whether the SDK found no credentials. */
  static boolean lacking(SdkException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("Unable to load credentials")
        || Stream.of(SESSION_OVER, NO_PROFILE, SOURCE_PROFILE)
            .anyMatch(p -> p.matcher(message).find());
  }

  /**
   * The message for missing credentials. The SDK's own message lists every place where it looked,
   * which helps nobody.
   */
  String missing(String where, SdkException e) {
    String message = String.valueOf(e.getMessage());
    if (SESSION_OVER.matcher(message).find()) {
      return "The SSO session for "
          + where
          + " has expired or was never started. Log in: "
          + sso()
          + ".";
    }
    Matcher source = SOURCE_PROFILE.matcher(message);
    if (source.find()) {
      return "The AWS profile "
          + source.group(1)
          + " takes its credentials from the profile "
          + source.group(2)
          + ", which has none. Correct ~/.aws/config, or log in: aws sso login --profile "
          + source.group(2)
          + ".";
    }
    Matcher none = NO_PROFILE.matcher(message);
    if (profile().isPresent() && none.find()) {
      return "The AWS profile "
          + none.group(1)
          + " gives no credentials for "
          + where
          + ". Set AWS_PROFILE to a profile that `aws configure list-profiles` lists.";
    }
    return "No AWS credentials were found for "
        + where
        + ". Set AWS_PROFILE and log in ("
        + sso()
        + "), or run decant where a role provides credentials.";
  }

  /** The message for credentials that AWS refused because they have expired. */
  String expired(String where) {
    String vault = environment.get("AWS_VAULT");
    String renew =
        vault != null
            ? "Run the command again with new ones: aws-vault exec " + vault + " -- decant …"
            : environment.containsKey("AWS_SESSION_TOKEN")
                ? "They come from AWS_SESSION_TOKEN. Export new credentials"
                : "Log in: " + sso();
    return "The AWS credentials for " + where + " have expired. " + renew + ".";
  }

  private String sso() {
    return "aws sso login" + profile().map(name -> " --profile " + name).orElse("");
  }

  private Optional<String> profile() {
    return Stream.of("AWS_PROFILE", "AWS_DEFAULT_PROFILE")
        .map(environment::get)
        .filter(name -> name != null && !name.isBlank())
        .findFirst();
  }
}
