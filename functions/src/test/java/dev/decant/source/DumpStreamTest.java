package dev.decant.source;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.error.ErrorKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DumpStreamTest {
  private static final byte[] TEXT = text(3000, 1);
  private static final byte[] SKIPPABLE = HexFormat.of().parseHex("5e2a4d1803000000aabbcc");

  /** Makes lines of letters that compress, but not extremely well. */
  private static byte[] text(int length, long seed) {
    Random random = new Random(seed);
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] = (byte) (i % 60 == 59 ? '\n' : 'a' + random.nextInt(16));
    }
    return text;
  }

  private static byte[] zstd(byte[] text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZstdOutputStreamNoFinalizer zstd = new ZstdOutputStreamNoFinalizer(out, 3)) {
      zstd.setChecksum(true);
      zstd.write(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  private static byte[] gzip(byte[] text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  private static byte[] chain(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] read(byte[] raw) {
    return read(new BytesSource(raw));
  }

  private static byte[] read(Source source) {
    try (DumpStream dump = DumpStream.open(source)) {
      byte[] text = dump.text().readAllBytes();
      dump.finish();
      assertThat(dump.compressedRead()).isEqualTo(source.size()).isEqualTo(dump.compressedTotal());
      return text;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertFails(ErrorCode code, byte[] raw) {
    assertThatThrownBy(() -> read(raw))
        .isInstanceOf(DecantException.class)
        .asInstanceOf(type(DecantException.class))
        .extracting(DecantException::code)
        .isEqualTo(code);
  }

  @Test
  void kindIsToldByContent() {
    assertThat(read(TEXT)).isEqualTo(TEXT);
    assertThat(read(zstd(TEXT))).isEqualTo(TEXT);
    assertThat(read(gzip(TEXT))).isEqualTo(TEXT);
  }

  @Test
  void shortTextsAreTexts() {
    for (int length = 1; length < 600; length++) {
      byte[] text = Arrays.copyOf(TEXT, length);
      assertThat(read(text)).isEqualTo(text);
      assertThat(read(zstd(text))).isEqualTo(text);
      assertThat(read(gzip(text))).isEqualTo(text);
    }
  }

  /** Frames of the program lz4 with other options than pg_dump uses. */
  @ParameterizedTest
  @ValueSource(strings = {"linked", "no-checksum", "independent"})
  void framesOfLz4AreRead(String options) {
    byte[] one = ArchiveStreamTest.fixture("expected/18.sql");
    byte[] all = new byte[40 * one.length];
    for (int i = 0; i < 40; i++) {
      System.arraycopy(one, 0, all, i * one.length, one.length);
    }
    byte[] raw = ArchiveStreamTest.fixture("lz4/" + options + ".lz4");
    assertThat(read(raw)).isEqualTo(all);
    assertThat(read(new BytesSource(raw, 3, null, null))).isEqualTo(all);
    assertThat(read(chain(raw, SKIPPABLE, raw, new byte[9]))).isEqualTo(chain(all, all));
  }

  @Test
  void damagedFramesOfLz4AreRefused() {
    byte[] raw = ArchiveStreamTest.fixture("lz4/linked.lz4");
    for (int at = 4; at < raw.length; at += at < 20 ? 1 : 97) {
      byte[] bad = raw.clone();
      bad[at] ^= 0x11;
      assertThatThrownBy(() -> read(bad))
          .as("byte %d", at)
          .asInstanceOf(type(DecantException.class))
          .extracting(e -> e.code().kind())
          .isEqualTo(ErrorKind.INPUT);
      assertFails(ErrorCode.INPUT_CUT, Arrays.copyOf(raw, at));
    }
    assertFails(ErrorCode.INPUT_INVALID, chain(raw, TEXT));
  }

  @Test
  void framesAndMembersAreChained() {
    byte[] more = text(1000, 2);
    byte[] all = chain(TEXT, more);

    assertThat(read(chain(zstd(TEXT), zstd(more)))).isEqualTo(all);
    assertThat(
            read(chain(SKIPPABLE, zstd(TEXT), SKIPPABLE, zstd(new byte[0]), zstd(more), SKIPPABLE)))
        .isEqualTo(all);
    assertThat(read(chain(gzip(TEXT), gzip(new byte[0]), gzip(more)))).isEqualTo(all);
  }

  @Test
  void zerosMayPadTheEnd() {
    assertThat(read(chain(zstd(TEXT), new byte[700_000]))).isEqualTo(TEXT);
    assertThat(read(chain(gzip(TEXT), new byte[1]))).isEqualTo(TEXT);
    assertFails(ErrorCode.INPUT_INVALID, chain(zstd(TEXT), new byte[10], new byte[] {1}));
    assertFails(ErrorCode.INPUT_INVALID, chain(gzip(TEXT), new byte[10], new byte[] {1}));
  }

  @Test
  void nothingElseMayFollow() {
    assertFails(ErrorCode.INPUT_INVALID, chain(zstd(TEXT), TEXT));
    assertFails(ErrorCode.INPUT_INVALID, chain(gzip(TEXT), TEXT));
    assertFails(ErrorCode.INPUT_INVALID, chain(gzip(TEXT), zstd(TEXT)));
  }

  @Test
  void largeTextsPassEveryBlockBoundary() {
    byte[] large = text(3_000_000, 3);
    assertThat(read(large)).isEqualTo(large);
    assertThat(read(chain(zstd(large), zstd(large)))).isEqualTo(chain(large, large));
    assertThat(read(chain(gzip(large), gzip(large)))).isEqualTo(chain(large, large));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 511, 513})
  void tornReadsChangeNothing(int mostAtOnce) {
    for (byte[] raw :
        new byte[][] {
          TEXT, chain(zstd(TEXT), SKIPPABLE, zstd(TEXT)), chain(gzip(TEXT), gzip(TEXT))
        }) {
      assertThat(read(new BytesSource(raw, mostAtOnce, null, null))).isEqualTo(read(raw));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 13, 100_000})
  void readerMayAskForAnyLength(int length) throws IOException {
    for (byte[] raw : new byte[][] {TEXT, zstd(TEXT), gzip(TEXT)}) {
      try (DumpStream dump = DumpStream.open(new BytesSource(raw))) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        byte[] buffer = new byte[length + 5];
        int count;
        while ((count = dump.text().read(buffer, 5, length)) >= 0) {
          assertThat(count).isPositive();
          text.write(buffer, 5, count);
        }
        dump.finish();
        assertThat(text.toByteArray()).isEqualTo(TEXT);
      }
    }
  }

  @Test
  void streamCutAnywhereIsAnError() {
    byte[] zstd = zstd(TEXT);
    byte[] gzip = gzip(TEXT);
    for (int length = 1; length < zstd.length; length++) {
      assertFails(ErrorCode.INPUT_CUT, Arrays.copyOf(zstd, length));
    }
    for (int length = 1; length < gzip.length; length++) {
      assertFails(ErrorCode.INPUT_CUT, Arrays.copyOf(gzip, length));
    }
  }

  /** Exactly between two frames only the MD5 shows the cut. Everywhere else the frame shows it. */
  @Test
  void chainCutAnywhereIsAnError() throws Exception {
    byte[] first = chain(zstd(TEXT), SKIPPABLE);
    byte[] all = chain(first, zstd(text(300, 5)), SKIPPABLE);
    String md5 = md5(all);
    for (int length = 1; length < all.length; length++) {
      byte[] cut = Arrays.copyOf(all, length);
      assertThatThrownBy(() -> read(new BytesSource(cut, Integer.MAX_VALUE, md5, null)))
          .isInstanceOf(DecantException.class)
          .hasMessageMatching("(?s).*(is cut|does not match).*");
    }
    byte[] members = chain(gzip(TEXT), gzip(TEXT));
    for (int length = members.length / 2 + 1; length < members.length; length++) {
      assertFails(ErrorCode.INPUT_CUT, Arrays.copyOf(members, length));
    }
  }

  @Test
  void cutSaysWhereAndWhatToDo() {
    byte[] zstd = zstd(TEXT);
    assertThatThrownBy(() -> read(Arrays.copyOf(zstd, 1200)))
        .hasMessage(
            "memory:dump is cut: it ends after 1,200 bytes, in the middle of its last zstd frame."
                + " Copy or upload it again.");
  }

  @Test
  void sourceShorterThanItsSizeIsCut() {
    byte[] short1 = Arrays.copyOf(TEXT, 100);
    Source lying =
        new Source() {
          private final Source real = new BytesSource(short1);

          @Override
          public long size() {
            return 200;
          }

          @Override
          public String uri() {
            return real.uri();
          }

          @Override
          public boolean isRemote() {
            return real.isRemote();
          }

          @Override
          public String fileName() {
            return real.fileName();
          }

          @Override
          public String etag() {
            return "e";
          }

          @Override
          public java.util.Optional<java.time.Instant> modified() {
            return real.modified();
          }

          @Override
          public boolean rereadable() {
            return true;
          }

          @Override
          public java.util.Optional<String> statedMd5() {
            return real.statedMd5();
          }

          @Override
          public InputStream open() {
            return real.open();
          }

          @Override
          public void close() {}
        };
    assertThatThrownBy(() -> read(lying))
        .hasMessage(
            "memory:dump is cut: only 100 of its 200 bytes arrived. Run the command again.");
  }

  /** If there are checksums, no changed byte can change the text unnoticed. */
  @Test
  void damageNeverChangesTheText() {
    byte[] zstd = zstd(TEXT);
    byte[] gzip = gzip(TEXT);
    for (byte[] good : new byte[][] {zstd, gzip}) {
      for (int at = 10; at < good.length; at++) {
        byte[] bad = good.clone();
        bad[at] ^= 0x10;
        try {
          // Bits that pad the end of a block have no meaning, so the text is still right.
          assertThat(read(bad)).isEqualTo(TEXT);
        } catch (DecantException e) {
          assertThat(e.code().kind()).isEqualTo(ErrorKind.INPUT);
        }
      }
    }
  }

  @Test
  void wrongChecksumIsSaidToBeOne() {
    byte[] zstd = zstd(TEXT);
    zstd[zstd.length - 1] ^= 1;
    assertFails(ErrorCode.INPUT_CHECKSUM, zstd);
    byte[] gzip = gzip(TEXT);
    gzip[gzip.length - 8] ^= 1;
    assertFails(ErrorCode.INPUT_CHECKSUM, gzip);
  }

  @Test
  void longWindowIsRead() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZstdOutputStreamNoFinalizer zstd = new ZstdOutputStreamNoFinalizer(out, 3)) {
      zstd.setLong(28);
      zstd.write(TEXT);
    }
    assertThat(read(out.toByteArray())).isEqualTo(TEXT);
  }

  @Test
  void dictionaryIsRefused() {
    byte[][] samples = new byte[2000][];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = text(200, i);
    }
    byte[] buffer = new byte[10_000];
    long size = Zstd.trainFromBuffer(samples, buffer);
    byte[] dictionary = Arrays.copyOf(buffer, (int) size);
    assertFails(ErrorCode.INPUT_UNSUPPORTED, Zstd.compressUsingDict(TEXT, dictionary, 3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          BZh91AY            | is compressed by bzip2
          PK\\3\\4            | is a zip archive
          age-encryption.org/v1 | is encrypted by age
          -----BEGIN PGP MESSAGE | is encrypted by PGP
          Salted__x          | is encrypted by openssl
          """)
  void otherKindsAreNamed(String head, String message) {
    byte[] raw = head.translateEscapes().getBytes(US_ASCII);
    assertFails(ErrorCode.INPUT_UNSUPPORTED, raw);
    assertThatThrownBy(() -> read(raw)).hasMessageStartingWith("memory:dump " + message);
    assertThatThrownBy(() -> read(zstd(raw)))
        .hasMessageStartingWith("memory:dump is compressed, and its content " + message);
  }

  @Test
  void otherBinaryKindsAreNamed() {
    assertThatThrownBy(() -> read(new byte[0])).hasMessageStartingWith("memory:dump is empty.");
    assertThatThrownBy(() -> read(zstd(new byte[0])))
        .hasMessageStartingWith("memory:dump is compressed, and its content is empty.");
    assertThatThrownBy(() -> read(HexFormat.of().parseHex("fd377a585a000004")))
        .hasMessageContaining("xz");
    assertThatThrownBy(() -> read(HexFormat.of().parseHex("01020300")))
        .hasMessageContaining("neither text");
    byte[] tar = new byte[1024];
    System.arraycopy("ustar".getBytes(US_ASCII), 0, tar, 257, 5);
    assertThatThrownBy(() -> read(tar)).hasMessageContaining("tar archive");
    assertThatThrownBy(() -> read(zstd(gzip(TEXT)))).hasMessageContaining("compressed twice");
    assertFails(ErrorCode.INPUT_UNSUPPORTED, zstd(gzip(TEXT)));
  }

  /** PowerShell's > writes UTF-16. Blocks of any size divide characters anywhere. */
  @Test
  void utf16BecomesUtf8() throws Exception {
    String dump = "\r\nCOPY t FROM stdin;\r\n\uFEFF\u00e9\u20ac\uD83D\uDE00\r\n".repeat(9_000);
    byte[] little = chain(new byte[] {-1, -2}, dump.getBytes(UTF_16LE));
    byte[] big = chain(new byte[] {-2, -1}, dump.getBytes(UTF_16BE));
    for (byte[] raw : List.of(little, big, zstd(little))) {
      assertThat(new String(read(raw), UTF_8)).isEqualTo(dump);
    }
    for (int most : new int[] {3, 7, 1000}) {
      assertThat(new String(read(new BytesSource(little, most, null, null)), UTF_8))
          .isEqualTo(dump);
    }
    assertFails(ErrorCode.INPUT_INVALID, Arrays.copyOf(little, little.length - 1));
  }

  @Test
  void statedMd5IsVerified() throws Exception {
    byte[] raw = zstd(text(600_000, 4));
    BytesSource good = new BytesSource(raw, Integer.MAX_VALUE, md5(raw), null);
    assertThat(read(good)).hasSize(600_000);
    BytesSource bad = new BytesSource(raw, Integer.MAX_VALUE, "0".repeat(32), null);
    assertThatThrownBy(() -> read(bad))
        .hasMessageStartingWith(
            "memory:dump does not match memory:dump.md5: its MD5 is " + md5(raw) + ", but 000")
        .asInstanceOf(type(DecantException.class))
        .extracting(DecantException::code)
        .isEqualTo(ErrorCode.INPUT_CHECKSUM);
  }

  private static String md5(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
  }

  @Test
  void sourceWithoutEtagGetsASha256() throws Exception {
    byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(TEXT);
    try (DumpStream dump = DumpStream.open(new BytesSource(TEXT));
        DumpStream tagged = DumpStream.open(new BytesSource(TEXT, 100, null, "etag"))) {
      dump.text().readAllBytes();
      dump.finish();
      tagged.text().readAllBytes();
      tagged.finish();
      assertThat(dump.sha256()).hasValue(HexFormat.of().formatHex(sha256));
      assertThat(tagged.sha256()).isEmpty();
    }
  }

  @Test
  void finishBeforeTheEndIsABug() throws IOException {
    try (DumpStream dump = DumpStream.open(new BytesSource(zstd(TEXT)))) {
      assertThat(dump.text().readNBytes(TEXT.length - 1)).hasSize(TEXT.length - 1);
      assertThatThrownBy(dump::finish).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void endNeedNotHaveBeenSeenForFinish() throws IOException {
    for (byte[] raw : new byte[][] {TEXT, zstd(TEXT), gzip(TEXT)}) {
      try (DumpStream dump = DumpStream.open(new BytesSource(raw))) {
        assertThat(dump.text().readNBytes(TEXT.length)).isEqualTo(TEXT);
        dump.finish();
      }
    }
  }

  @Test
  void closedEarlyEndsTheReadingThread() throws Exception {
    DumpStream dump = DumpStream.open(new BytesSource(text(10_000_000, 6)));
    dump.close();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("decant-read")) {
        thread.join(10_000);
        assertThat(thread.isAlive()).isFalse();
      }
    }
  }
}
