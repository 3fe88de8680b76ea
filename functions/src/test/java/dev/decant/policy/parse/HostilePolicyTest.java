package dev.decant.policy.parse;

import static dev.decant.policy.PolicyFixture.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.policy.FakeMasks;
import dev.decant.policy.PolicyFixture;
import dev.decant.yaml.YamlFile;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parses files that are meant to do harm, and random files. */
final class HostilePolicyTest {
  @Test
  void aliasesThatMultiplyAreRefused() {
    StringBuilder bomb = new StringBuilder("version: 1\nx0: &x0 [a,a,a,a,a,a,a,a,a,a]\n");
    for (int i = 1; i < 20; i++) {
      String of = "*x" + (i - 1) + ",";
      bomb.append("x" + i + ": &x" + i + " [" + of.repeat(9) + "*x" + (i - 1) + "]\n");
    }
    assertThat(error(bomb.toString())).contains("Aliases (*name) make the file endless or huge");
  }

  @Test
  void aliasOfWhatItStandsInIsRefused() {
    assertThat(error("version: 1\ntables: &t { public.a: *t }\n"))
        .contains("Aliases (*name) make the file endless or huge");
  }

  @Test
  void namedMasksThatMultiplyAreRefused() {
    StringBuilder bomb = new StringBuilder("version: 1\nmasks:\n  m0: scramble\n");
    for (int i = 1; i < 60; i++) {
      String of = "m" + (i - 1);
      bomb.append("  m" + i + ": { mask: json, columns: { a: " + of + ", b: " + of + " } }\n");
    }
    assertThat(error(bomb.toString()))
        .contains("The mask contains more than 1000 masks. Write fewer.");
  }

  @Test
  void longChainOfNamedMasksNeedsNoDeepStack() {
    StringBuilder chain = new StringBuilder("version: 1\nmasks:\n");
    for (int i = 0; i < 60_000; i++) {
      chain.append("  m" + i + ": m" + (i + 1) + "\n");
    }
    assertThat(error(chain.append("  m60000: email\n").toString())).contains("through more than");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- ", "{[", "? "})
  void deepNestingIsRefused(String opening) {
    assertThat(error("version: 1\nx: " + opening.repeat(200_000))).startsWith("The policy has a");
  }

  @Test
  void hugeFileIsRefused() {
    assertThat(error("#" + " ".repeat(YamlFile.MAX_BYTES)))
        .isEqualTo(
            "The policy has a problem:\n"
                + "policy.yaml: The file is larger than 4 MB, but a policy is a small file. Name"
                + " another file.");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void randomChangesGiveAPolicyOrTheOneError(long seed) {
    Random random = new Random(seed);
    PolicyParser parser = new PolicyParser(new FakeMasks());
    byte[] good = PolicyFixture.utf8(PolicyFixture.shop());
    for (int round = 0; round < 400; round++) {
      byte[] bad = mutate(good, random);
      try {
        var _ = parser.parse("policy.yaml", bad, PolicyFixture.FILES, PolicyFixture.VALUES);
      } catch (DecantException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.POLICY_INVALID);
        assertThat(e.getMessage()).doesNotContain(PolicyFixture.SECRET);
      } catch (RuntimeException | StackOverflowError e) {
        fail(
            "seed " + seed + ", round " + round + ":\n" + new String(bad, StandardCharsets.UTF_8),
            e);
      }
    }
  }

  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    ": ",
    "- ",
    "\n",
    "  ",
    "'",
    "\"",
    "&a ",
    "*a",
    "!!int ",
    "!!float ",
    "!!bool ",
    "? ",
    "| \n",
    "${",
    "${ADMIN_EMAIL}",
    "$${",
    "null",
    "~",
    "true",
    "-0o7",
    "0x",
    ".inf",
    ".nan",
    "+1",
    "99999999999999999999",
    "1e999",
    "\t",
    "\0",
    "\u2028",
    "%YAML 1.1\n",
    "---\n",
    "...\n",
    "<<: ",
    "mask",
    "keep",
    "when",
    "(",
    "\\",
    "#",
    "@",
    "`"
  };

  private static byte[] mutate(byte[] good, Random random) {
    StringBuilder text = new StringBuilder(new String(good, StandardCharsets.UTF_8));
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(text.length());
      int to = Math.min(text.length(), at + random.nextInt(30));
      switch (random.nextInt(5)) {
        case 0 -> text.delete(at, to);
        case 1 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
        case 2 -> text.replace(at, to, PIECES[random.nextInt(PIECES.length)]);
        case 3 -> text.insert(random.nextInt(text.length()), text.substring(at, to));
        default -> text.setCharAt(at, (char) random.nextInt(0x250));
      }
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(10) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }
}
