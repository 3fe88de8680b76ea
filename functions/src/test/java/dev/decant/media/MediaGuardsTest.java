package dev.decant.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.decant.aws.BucketSpec;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.location.LocationParser;
import dev.decant.progress.Progress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MediaGuardsTest {
  private static MediaRequest request(String from, String to, String confirm, String... never) {
    return new MediaRequest(
        BucketSpec.at(LocationParser.s3(from).orElseThrow()),
        BucketSpec.at(LocationParser.s3(to).orElseThrow()),
        confirm,
        List.of(never),
        new MediaRequest.Options(false, false, true, 1),
        Progress.NONE);
  }

  private static void assertRefused(MediaRequest request, String message) {
    DecantException e =
        catchThrowableOfType(DecantException.class, () -> MediaGuards.check(request));
    assertThat(e).isNotNull();
    assertThat(e.code()).isEqualTo(ErrorCode.REFUSED);
    assertThat(e).hasMessageContaining(message);
  }

  @Test
  void twoBucketsPass() {
    assertThatCode(
            () -> MediaGuards.check(request("s3://prod", "s3://staging/media", "staging", "prod*")))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"prod", "staging/media", "STAGING", "''"})
  void anotherNameTypedIsRefused(String typed) {
    assertRefused(request("s3://prod", "s3://staging/media", typed), "--confirm staging");
  }

  @ParameterizedTest
  @CsvSource({"staging", "*", "*ing", "sta*", "s*g", "*a*i*", "STAGING"})
  void aBucketOfNeverIsRefused(String pattern) {
    assertRefused(request("s3://prod", "s3://staging", "staging", "x", pattern), "never: ");
  }

  @ParameterizedTest
  @CsvSource({"stagin", "taging", "*stagin", "s.aging", "staging?", "''"})
  void otherPatternsAreNotMet(String pattern) {
    assertThatCode(
            () -> MediaGuards.check(request("s3://prod", "s3://staging", "staging", pattern)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "s3://b,s3://b",
    "s3://b,s3://b/staging",
    "s3://b/prod,s3://b",
    "s3://b/prod,s3://b/prod/",
    "s3://b/prod,s3://b/prod/old"
  })
  void oneInTheOtherIsRefused(String from, String to) {
    assertRefused(request(from, to, "b"), "overlap");
  }

  @Test
  void prefixesBesideEachOtherPass() {
    assertThatCode(() -> MediaGuards.check(request("s3://b/prod", "s3://b/prod2", "b")))
        .doesNotThrowAnyException();
  }

  @Test
  void anotherEndpointDoesNotHideAnOverlap() {
    MediaRequest plain = request("s3://b", "s3://b", "b");
    BucketSpec elsewhere =
        new BucketSpec(
            "b",
            "",
            Optional.of("http://127.0.0.1:1"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertRefused(
        new MediaRequest(
            plain.from(),
            elsewhere,
            "b",
            List.of(),
            new MediaRequest.Options(false, true, true, 1),
            Progress.NONE),
        "overlap");
  }

  @ParameterizedTest
  @CsvSource({"0", "257"})
  void jobsHaveBounds(int jobs) {
    MediaRequest plain = request("s3://a", "s3://b", "b");
    MediaRequest many =
        new MediaRequest(
            plain.from(),
            plain.to(),
            "b",
            List.of(),
            new MediaRequest.Options(false, false, true, jobs),
            Progress.NONE);
    assertThat(catchThrowableOfType(DecantException.class, () -> MediaGuards.check(many)).code())
        .isEqualTo(ErrorCode.USAGE);
  }
}
