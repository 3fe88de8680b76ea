package dev.decant.dump;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.decant.copy.Bytes;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorKind;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Rows of INSERT statements, of COPY with options, and of csv. A build runs the seeds of this
 * Jazzer test, and {@code JAZZER_FUZZ=1} makes it search for more.
 */
final class RowFormsFuzzTest {
  private static final String[] HEADS = {
    "INSERT INTO public.t VALUES (",
    "INSERT INTO public.t (b, a) ",
    "COPY public.t FROM stdin WITH (",
    "COPY public.t FROM stdin WITH ",
    "COPY public.t FROM stdin WITH CSV HEADER;\n",
    "COPY public.t FROM stdin WITH DELIMITER '|' NULL AS '';\n",
    "SET client_encoding = 'SJIS';\nCOPY public.t (a, b) FROM stdin;\n",
    "SET standard_conforming_strings = off;\nINSERT INTO public.t VALUES (1, '"
  };

  /** The first byte chooses the beginning of the statement. */
  @FuzzTest(maxDuration = "1h", maxExecutions = 1_000_000)
  void rowsAreReadOrRefusedHoweverTheyArrive(byte[] data) {
    if (data.length == 0) {
      return;
    }
    Bytes dump = new Bytes(256);
    dump.append("CREATE TABLE public.t (a integer, b text);\n");
    dump.append(HEADS[(data[0] & 0xff) % HEADS.length].getBytes(UTF_8));
    dump.append(data, 1, data.length);
    byte[] text = Arrays.copyOf(dump.array(), dump.length());
    String whole = outcome(new ByteArrayInputStream(text));
    assertThat(outcome(TornInputStream.shortReads(text, 30, data.length))).isEqualTo(whole);
  }

  private static String outcome(InputStream in) {
    try {
      return Fixtures.describe(in, 64).toString();
    } catch (DecantException e) {
      assertThat(e.code().kind()).isEqualTo(ErrorKind.INPUT);
      // Of two faults near each other, the first one that is reported depends on the blocks.
      return "refused";
    }
  }
}
