package dev.decant.target;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.decant.error.DecantException;
import dev.decant.policy.PolicyFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Objects;

/** Targets files for tests, with files and parameters beside them. */
final class TargetsFixture {
  static final String SECRET = "hunter2:p@ss/word";
  static final Map<String, String> VALUES =
      Map.of(
          "STAGING_ADMIN_EMAIL", "boss@corp.example",
          "STAGING_ADMIN_PASSWORD", "correct horse",
          "SMOKE_TOKEN", "tok/en&1",
          "SECRET", SECRET,
          "LONG", "x".repeat(73),
          "BASE", "https://staging.example",
          "NUL", "a\0b");

  private static final PolicyFiles FILES = TargetsFixture::file;

  private TargetsFixture() {}

  private static byte[] file(String name) throws IOException {
    if (name.equals("cleanup.sql")) {
      return utf8("delete from job;");
    }
    throw new NoSuchFileException(name);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String shop() {
    try (InputStream in =
        Objects.requireNonNull(TargetsFixture.class.getResourceAsStream("/targets/shop.yaml"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Targets parse(String yaml) {
    return TargetsParser.parse("targets.yaml", utf8(yaml), FILES, VALUES);
  }

  /** A file with one target that has the required keys, and these lines from line 7 on. */
  static String with(String lines) {
    return """
    version: 1
    targets:
      staging:
        database: postgresql://app@db/app
        confirm: db
        snapshots: backend/production
    """
        + lines.indent(4);
  }

  /** The message of the error that a bad file gives. */
  static String error(String yaml) {
    DecantException thrown = catchThrowableOfType(DecantException.class, () -> parse(yaml));
    return thrown == null ? "no error" : String.valueOf(thrown.getMessage());
  }
}
