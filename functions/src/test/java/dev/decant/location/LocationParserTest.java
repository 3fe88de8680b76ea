package dev.decant.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.source.Sources;
import dev.decant.store.Stores;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that people write for a store or a source, with typing errors and without. */
final class LocationParserTest {
  private static final LocationParser STORE = new LocationParser("store", "Name a folder.");

  @ParameterizedTest
  @CsvSource({
    "s3:/bucket/x, s3://bucket/x",
    "s3//bucket, s3://bucket",
    "s3:bucket/x, s3://bucket/x",
    "S3://bucket/x, s3://bucket/x",
    "s3:///bucket/x, s3://bucket/x",
    "s3a://bucket/x, s3://bucket/x",
    "' s3://bucket/x', s3://bucket/x",
    "s3:, s3://bucket/prefix",
    "https://bucket.s3.eu-central-1.amazonaws.com/x/y, s3://bucket/x/y",
    "https://s3.eu-central-1.amazonaws.com/bucket/x, s3://bucket/x",
    "https://bucket.s3.amazonaws.com/, s3://bucket"
  })
  void aMistypedS3UrlIsAnErrorWithTheRightForm(String written, String right) {
    assertThatThrownBy(() -> Stores.open(written))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
        .hasMessageEndingWith("Write " + right + ".");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:secret@store.example/x",
        "http:/store.example",
        "gs://bucket/x",
        "gs//bucket",
        "postgresql://me:secret@db/app",
        "HTTPS:store.example",
        "azure://x",
        "sftp:",
        "foo:/bar"
      })
  void anotherUrlIsAnErrorThatShowsTheSchemeOnly(String written) {
    assertThatThrownBy(() -> Stores.open(written))
        .hasMessageContaining("A store cannot be ")
        .hasMessageContaining("Name a folder or s3://bucket/prefix.")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> Sources.open(written)).hasMessageContaining("A source cannot be ");
  }

  @ParameterizedTest
  @CsvSource({
    "file://folder/x, folder/x or file:///path/to/folder/x",
    "file:folder, folder or file:///path/to/folder",
    "file://localhost/data, file:///data"
  })
  void aFileUriNeedsAnAbsolutePath(String written, String right) {
    assertThatThrownBy(() -> Stores.open(written)).hasMessageEndingWith("Write " + right + ".");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"snapshots", "/data/s3", "s3", "s3/bucket", "a:b", "./s3:/x", "http", "a//b:c"})
  void otherTextsArePaths(String written) {
    assertThat(STORE.path(written)).isEqualTo(Path.of(written));
  }

  @Test
  void absoluteFileUrisArePaths() {
    for (String uri :
        new String[] {"file:///data/a%20b", "file:/data/a%20b", "FILE:///data/a%20b"}) {
      assertThat(STORE.path(uri)).isEqualTo(Path.of("/data/a b"));
    }
  }

  @Test
  void s3UrlsAreBucketsAndKeys() {
    assertThat(STORE.parse("s3://bucket/a/b")).isEqualTo(new Location.S3("bucket", "a/b"));
    assertThat(STORE.parse("s3://bucket")).isEqualTo(new Location.S3("bucket", ""));
    assertThat(STORE.parse("s3://bucket/a/")).hasToString("s3://bucket/a/");
    assertThat(STORE.parse("s3://bucket").isRemote()).isTrue();
    assertThat(STORE.parse("folder").isRemote()).isFalse();
  }

  @Test
  void aPlaceThatMustBeLocalIsNotInS3() {
    assertThatThrownBy(() -> STORE.path("s3://bucket/a"))
        .hasMessage("A store cannot be s3://…. Name a folder.");
  }
}
