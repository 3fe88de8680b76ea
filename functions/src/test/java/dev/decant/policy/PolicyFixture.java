package dev.decant.policy;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.decant.error.DecantException;
import dev.decant.policy.parse.PolicyParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Objects;

/** Policies for tests, with files and parameters beside them. */
public final class PolicyFixture {
  public static final String SECRET = "boss@corp.example";
  public static final Map<String, String> VALUES =
      Map.of("ADMIN_EMAIL", SECRET, "STAGING_HOST", "staging.invalid");
  public static final PolicyFiles FILES = PolicyFixture::file;

  private PolicyFixture() {}

  private static byte[] file(String name) throws IOException {
    return switch (name) {
      case "names.txt" -> utf8("Ada\n\nGrace\r\n");
      case "cleanup.sql" -> utf8("delete from job;\nselect ${ADMIN_EMAIL};\n");
      case "empty.txt" -> utf8("\n");
      case "latin1.sql" -> new byte[] {(byte) 0xe9};
      case "broken.sql" -> throw new IOException("disk");
      default -> throw new NoSuchFileException(name);
    };
  }

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public static String shop() {
    try (InputStream in =
        Objects.requireNonNull(PolicyFixture.class.getResourceAsStream("/policy/shop.yaml"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Policy parse(String yaml) {
    return new PolicyParser(new FakeMasks()).parse("policy.yaml", utf8(yaml), FILES, VALUES);
  }

  /** The message of the error for a bad policy. */
  public static String error(String yaml) {
    DecantException thrown = catchThrowableOfType(DecantException.class, () -> parse(yaml));
    return thrown == null ? "no error" : String.valueOf(thrown.getMessage());
  }
}
