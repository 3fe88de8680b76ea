package dev.decant.sanitize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.SnapshotName;
import dev.decant.source.Source;
import dev.decant.source.Sources;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.PostgresVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that must not publish an object that nobody has verified. */
final class CompleteVerificationIT {
  private static final String POLICY = "version: 1\ntables: { public.t: { keep: [id] } }\n";
  private static final String WHOLE =
      "CREATE TABLE public.t (id integer);\nCOPY public.t (id) FROM stdin;\n1\n\\.\n";
  private static final String BROKEN = WHOLE + "CREATE VIEW public.v AS SELECT public.absent();\n";

  @TempDir Path folder;
  private final MemorySnapshotStore store = new MemorySnapshotStore();

  @Test
  void aViewThatIsNotVerifiedEndsTheRunIfThePolicyRequiresIt() throws Exception {
    DecantException failure =
        failure(BROKEN, POLICY + "require-complete-verification: true\n", false);

    assertThat(failure.code()).isEqualTo(ErrorCode.NOT_VERIFIED);
    assertThat(failure.code().kind().exitCode()).isEqualTo(13);
    assertThat(failure)
        .hasMessageContainingAll("public.v", "SQLSTATE", "--require-complete-verification");
    assertThat(store.read(Shop.NAME.key(SnapshotName.MANIFEST))).isEmpty();
  }

  @Test
  void theOptionAlsoAppliesToASnapshotThatIsPublishedAlready() throws Exception {
    assertThat(run(BROKEN, POLICY, false).notVerified()).hasSize(1);

    assertThat(failure(BROKEN, POLICY, true).code()).isEqualTo(ErrorCode.NOT_VERIFIED);
    assertThat(run(BROKEN, POLICY, false)).isInstanceOf(SanitizeResult.Duplicate.class);
  }

  @Test
  void aDumpThatIsVerifiedAsAWholeIsPublished() throws Exception {
    assertThat(run(WHOLE, POLICY, true)).isInstanceOf(SanitizeResult.Published.class);
  }

  private DecantException failure(String body, String policy, boolean complete) {
    DecantException failure =
        catchThrowableOfType(DecantException.class, () -> run(body, policy, complete));
    assertThat(failure).as("it was published").isNotNull();
    return failure;
  }

  private SanitizeResult run(String body, String policy, boolean complete) throws Exception {
    Path file = Files.writeString(folder.resolve("dump.sql"), SmallDump.dump(body));
    SanitizeResult[] result = new SanitizeResult[1];
    Restore.withServer(
        PostgresVersion.V18,
        url -> {
          try (Source source = Sources.open(file.toString())) {
            result[0] =
                Sanitization.run(
                    Shop.builder(source, SmallDump.policy(policy), store, folder.resolve("work"))
                        .scratch(url)
                        .complete(complete)
                        .build());
          }
        });
    return result[0];
  }
}
