package dev.decant.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.github.luben.zstd.Zstd;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.error.ErrorKind;
import dev.decant.stream.Digests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads the archives that src/test/fixtures/archive/make-archives made. */
final class ArchiveStreamTest {
  static byte[] fixture(String name) {
    try (InputStream in = ArchiveStreamTest.class.getResourceAsStream("/archive/" + name)) {
      byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
      return name.endsWith(".gz")
          ? new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes()
          : bytes;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The text of pg_restore without the lines that depend on its own version. */
  static String expected(String name) {
    return withoutVersion(new String(fixture("expected/" + name + ".sql"), UTF_8));
  }

  private static String withoutVersion(String text) {
    return text.replaceAll("\\\\(un)?restrict [^\n]*\n\n", "")
        .replace("SET transaction_timeout = 0;\n", "");
  }

  private static String read(Source source) {
    try (DumpStream dump = DumpStream.open(source)) {
      byte[] text = dump.text().readAllBytes();
      dump.finish();
      return new String(text, UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String read(byte[] raw) {
    return read(new BytesSource(raw));
  }

  private static void assertFails(ErrorCode code, byte[] raw, String message) {
    assertThatThrownBy(() -> read(raw))
        .hasMessageContaining(message)
        .asInstanceOf(type(DecantException.class))
        .extracting(DecantException::code)
        .isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "13/gzip.dump, 13",
    "13/tar.tar.gz, 13",
    "14/gzip.dump, 14",
    "14/tar.tar.gz, 14",
    "15/gzip.dump, 15",
    "15/piped.dump, 15",
    "15/none.dump.gz, 15",
    "15/tar.tar.gz, 15",
    "16/gzip.dump, 16",
    "17/lz4.dump, 17",
    "17/none.dump.gz, 17",
    "17/tar.tar.gz, 17",
    "18/zstd.dump, 18",
    "18/gzip.dump, 18",
    "18/statistics.dump, 18",
    "18/inserts.dump, 18-inserts"
  })
  void archiveGivesTheTextOfPgRestore(String archive, String expected) {
    assertThat(read(fixture(archive))).isEqualTo(expected(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"15/gzip.dump", "15/tar.tar.gz", "17/lz4.dump", "18/zstd.dump"})
  void archiveIsReadHoweverItsBytesArrive(String archive) {
    byte[] raw = fixture(archive);
    String expected = expected(archive.substring(0, 2));
    assertThat(read(new BytesSource(raw, 1, null, null))).isEqualTo(expected);
    assertThat(read(new BytesSource(raw, 7, null, null))).isEqualTo(expected);
    assertThat(read(Zstd.compress(raw, 3))).isEqualTo(expected);
  }

  @Test
  void digestsAreThoseOfTheArchive() throws IOException {
    byte[] raw = fixture("18/zstd.dump");
    try (DumpStream dump = DumpStream.open(new BytesSource(raw))) {
      assertThat(dump.text().readAllBytes()).isNotEmpty();
      dump.finish();
      assertThat(dump.sha256()).hasValue(Digests.sha256(raw));
      assertThat(dump.compressedRead()).isEqualTo(raw.length);
    }
    assertThatThrownBy(() -> read(new BytesSource(raw, 100, "0".repeat(32), null)))
        .hasMessageContaining("does not match memory:dump.md5");
  }

  /** A pg_dump that wrote to a file leaves a second table of contents behind the data. */
  @Test
  void bytesBehindTheDataAreIgnored() {
    byte[] raw = fixture("18/zstd.dump");
    byte[] longer = Arrays.copyOf(raw, raw.length + 300_000);
    assertThat(read(longer)).isEqualTo(expected("18"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "15/gzip.dump",
        "15/none.dump.gz",
        "17/tar.tar.gz",
        "17/lz4.dump",
        "18/zstd.dump",
        "18/inserts.dump"
      })
  void cutArchiveIsAlwaysNoticed(String archive) {
    byte[] raw = fixture(archive);
    int end = archive.contains("tar") ? raw.length - 20_000 : raw.length;
    for (int length = 10; length < end; length += 97) {
      byte[] cut = Arrays.copyOf(raw, length);
      assertThatThrownBy(() -> read(cut))
          .as("%s cut at %d", archive, length)
          .asInstanceOf(type(DecantException.class))
          .extracting(DecantException::code)
          .isEqualTo(ErrorCode.INPUT_CUT);
    }
  }

  @Test
  void damageIsAnErrorOfTheInputOrChangesText() {
    SplittableRandom random = new SplittableRandom(5);
    for (String archive :
        new String[] {"15/gzip.dump", "17/tar.tar.gz", "17/lz4.dump", "18/zstd.dump"}) {
      byte[] good = fixture(archive);
      for (int round = 0; round < 300; round++) {
        byte[] bad = good.clone();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
          bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
        }
        try {
          assertThat(read(bad)).isNotNull();
        } catch (DecantException e) {
          assertThat(e.code().kind()).as(String.valueOf(e.getMessage())).isEqualTo(ErrorKind.INPUT);
        }
      }
    }
  }

  @Test
  void dataInAnotherOrderIsReadByItsOffsets() {
    byte[] raw = withoutOrder(fixture("18/zstd.dump"));
    assertThat(read(raw)).isEqualTo(expected("18"));
    assertFails(
        ErrorCode.INPUT_UNSUPPORTED,
        Zstd.compress(raw, 3),
        "has the data of shop.customer in another order than its table of contents. Name the"
            + " archive itself as the source, uncompressed and not in a pipe");
  }

  /** Exchanges the first two blocks of data, and their offsets in the table of contents. */
  private static byte[] withoutOrder(byte[] raw) {
    ByteBuffer bytes = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
    NavigableMap<Long, Integer> places = new TreeMap<>();
    for (int at = 0; at < raw.length - 9; at++) {
      long offset = bytes.getLong(at + 1);
      if (raw[at] == 2 && offset > at && offset < raw.length && raw[(int) offset] == 1) {
        places.put(offset, at + 1);
      }
    }
    List<Map.Entry<Long, Integer>> entries = List.copyOf(places.entrySet());
    int first = Math.toIntExact(entries.get(0).getKey());
    int second = Math.toIntExact(entries.get(1).getKey());
    int third = Math.toIntExact(entries.get(2).getKey());
    byte[] changed = raw.clone();
    System.arraycopy(raw, second, changed, first, third - second);
    System.arraycopy(raw, first, changed, first + third - second, second - first);
    ByteBuffer toc = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
    toc.putLong(entries.get(0).getValue(), first + third - second);
    toc.putLong(entries.get(1).getValue(), first);
    return changed;
  }

  @Test
  void unknownVersionsAreNamed() {
    byte[] raw = fixture("18/zstd.dump");
    raw[6] = 17;
    assertFails(
        ErrorCode.INPUT_UNSUPPORTED,
        raw,
        "memory:dump has the archive version 1.17, but decant reads 1.12 to 1.16");
    raw[6] = 11;
    assertFails(ErrorCode.INPUT_UNSUPPORTED, raw, "Dump the database with pg_dump 18.");
  }

  @Test
  void tocOfADirectoryIsNotAnArchive() {
    assertFails(
        ErrorCode.INPUT_UNSUPPORTED,
        fixture("18/directory/toc.dat"),
        "is the table of contents of an archive in the directory format. Name its folder");
  }

  @Test
  void lengthsAreNotTrusted() {
    byte[] raw = fixture("18/zstd.dump");
    String text = new String(raw, ISO_8859_1);
    int name = text.indexOf("shop") - 4;
    byte[] huge = raw.clone();
    Arrays.fill(huge, name, name + 3, (byte) 0xff);
    huge[name + 3] = 0x7f;
    assertFails(ErrorCode.INPUT_CUT, huge, "in the middle of its data");
  }

  @Test
  void plainDumpInLz4IsRead() {
    assertThat(withoutVersion(read(fixture("18/plain.sql.lz4")))).isEqualTo(expected("18"));
    byte[] raw = fixture("18/plain.sql.lz4");
    assertFails(ErrorCode.INPUT_CUT, Arrays.copyOf(raw, raw.length - 9), "last lz4 frame");
    assertFails(ErrorCode.INPUT_CUT, Arrays.copyOf(raw, 3), "last lz4 frame");
    raw[4] |= (byte) 0xc0; // an unknown version of the format
    assertThatThrownBy(() -> read(raw)).hasMessageContaining("is damaged within its first");
  }
}
