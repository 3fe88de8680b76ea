package dev.decant.aws;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What to do about credentials that are not there or not valid any more: the command that mends it.
 *
 * @param environment the process's
 */
record AwsLogin(Map<String, String> environment) {
  private static final Pattern SESSION_OVER =
      Pattern.compile("The SSO session associated|SSO token|Token is expired|cached token");
  private static final Pattern NO_PROFILE =
      Pattern.compile("Profile file contained no credentials for profile '([^']*)'");
  private static final Pattern SOURCE_PROFILE =
      Pattern.compile("The source profile of '([^']*)' was configured to be '([^']*)'");

  /** Whether the SDK found no credentials to send. */
  static boolean lacking(SdkException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("Unable to load credentials")
        || Stream.of(SESSION_OVER, NO_PROFILE, SOURCE_PROFILE)
            .anyMatch(p -> p.matcher(message).find());
  }

  /** The SDK found none. Its own message lists all places where it looked. */
  String missing(String where, SdkException e) {
    String message = String.valueOf(e.getMessage());
    if (SESSION_OVER.matcher(message).find()) {
      return "The SSO session for "
          + where
          + " is over, or was never begun. Log in: "
          + sso()
          + ".";
    }
    Matcher source = SOURCE_PROFILE.matcher(message);
    if (source.find()) {
      return "The AWS profile "
          + source.group(1)
          + " takes credentials of the profile "
          + source.group(2)
          + ", which has none. Mend ~/.aws/config, or log in: aws sso login --profile "
          + source.group(2)
          + ".";
    }
    Matcher none = NO_PROFILE.matcher(message);
    if (profile().isPresent() && none.find()) {
      return "The AWS profile "
          + none.group(1)
          + " gives no credentials for "
          + where
          + ". `aws configure list-profiles` shows those there are; set AWS_PROFILE to one.";
    }
    return "There are no AWS credentials for "
        + where
        + ". Set AWS_PROFILE and log in ("
        + sso()
        + "), or run where a role gives them.";
  }

  /** AWS refused them for their age. */
  String expired(String where) {
    String vault = environment.get("AWS_VAULT");
    String renew =
        vault != null
            ? "Run again: aws-vault exec " + vault + " -- decant …"
            : environment.containsKey("AWS_SESSION_TOKEN")
                ? "They are those of AWS_SESSION_TOKEN: export new ones"
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
