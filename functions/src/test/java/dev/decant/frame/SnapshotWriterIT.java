package dev.decant.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.luben.zstd.ZstdInputStream;
import dev.decant.copy.Bytes;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.progress.Progress;
import dev.decant.store.SnapshotStore.Upload;
import dev.decant.testing.Component;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.Needs;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SnapshotWriterIT {
  private static final String KEY = "s/e/n.sql.zst";

  @TempDir Path folder;

  private final MemorySnapshotStore store = new MemorySnapshotStore();
  private String text = "";
  private WrittenSnapshot written = new WrittenSnapshot(List.of(), 0, 0, "", "");

  @BeforeEach
  void write() {
    try (TestSnapshot snapshot = new TestSnapshot(folder, "anna");
        Upload upload = store.upload(KEY)) {
      written = SnapshotWriter.write(snapshot.frames, snapshot.spool, upload, Progress.NONE);
      upload.commit();
      text = snapshot.text.toString();
    }
  }

  @Test
  void zstdJniSeesOneDump() throws Exception {
    try (ZstdInputStream in = new ZstdInputStream(new ByteArrayInputStream(bytes()))) {
      assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo(text);
    }
  }

  @Test
  @Needs(Component.ZSTD)
  void zstdOfTheSystemSeesOneDump() throws Exception {
    Path file = Files.write(folder.resolve("n.sql.zst"), bytes());
    Process zstd =
        new ProcessBuilder("zstd", "-dc", file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();

    assertThat(new String(zstd.getInputStream().readAllBytes(), UTF_8)).isEqualTo(text);
    assertThat(zstd.waitFor()).isZero();
  }

  @Test
  void framesAreWhereTheManifestSays() {
    try (FrameReader reader = new FrameReader(store, KEY)) {
      StringBuilder read = new StringBuilder();
      for (Frame frame : written.frames()) {
        Bytes bytes = reader.read(frame);
        read.append(new String(bytes.array(), 0, bytes.length(), UTF_8));
      }
      assertThat(read).hasToString(text);
    }
    assertThat(written.textSize()).isEqualTo(text.length());
  }

  @Test
  void seekTableTellsTheSameFrames() {
    byte[] all = bytes();
    int end = all.length;
    int length =
        (int) SeekTable.length(Arrays.copyOfRange(all, end - SeekTable.FOOTER_LENGTH, end));

    assertThat(SeekTable.decode(Arrays.copyOfRange(all, end - length, end)))
        .isEqualTo(
            written.frames().stream()
                .map(f -> new SeekTable.Entry(f.length(), f.textLength()))
                .toList());
    assertThat(written.frames().getLast().offset() + written.frames().getLast().length())
        .isEqualTo(end - length);
  }

  @Test
  void digestsAreThoseOfTheFile() throws Exception {
    assertThat(written.size()).isEqualTo(bytes().length);
    assertThat(written.sha256()).isEqualTo(digest("SHA-256"));
    assertThat(written.md5()).isEqualTo(digest("MD5"));
  }

  @Test
  void frameThatChangedInTheSpoolIsNotWritten() {
    try (TestSnapshot snapshot = new TestSnapshot(folder, "anna");
        Upload upload = store.upload("other")) {
      SpooledFrame frame = snapshot.frames.get(2);
      snapshot.frames.set(
          2,
          new SpooledFrame(
              frame.kind(),
              frame.table(),
              frame.rows(),
              frame.offset() + 1,
              frame.length(),
              frame.textLength(),
              frame.sha256()));

      assertThatExceptionOfType(DecantException.class)
          .isThrownBy(
              () -> SnapshotWriter.write(snapshot.frames, snapshot.spool, upload, Progress.NONE))
          .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SNAPSHOT_DAMAGED));
    }
  }

  @Test
  void everyChangedByteIsFoundBeforeAnyTextIsGiven() {
    byte[] good = bytes();
    Frame frame = written.frames().get(2);
    try (FrameReader reader = new FrameReader(store, KEY)) {
      for (int i = 0; i < frame.length(); i++) {
        byte[] changed = good.clone();
        changed[(int) frame.offset() + i] ^= 1;
        store.put(KEY, changed);
        assertDamaged(reader, frame);
      }
    }
  }

  @Test
  void goodFrameInPlaceOfAnotherIsFound() {
    Frame one = written.frames().get(2);
    Frame other = written.frames().get(3);
    Frame swapped =
        new Frame(
            other.kind(),
            other.table(),
            other.rows(),
            other.offset(),
            other.length(),
            other.textLength(),
            one.sha256());
    try (FrameReader reader = new FrameReader(store, KEY)) {
      assertDamaged(reader, swapped);
    }
  }

  @Test
  void statementsOfTheManifestThatCannotBeAreRefused() {
    Frame good = written.frames().get(2);
    try (FrameReader reader = new FrameReader(store, KEY)) {
      assertDamaged(reader, with(good, good.length(), good.textLength() + 1));
      assertDamaged(reader, with(good, good.length(), good.textLength() - 1));
      assertDamaged(reader, with(good, good.length() - 1, good.textLength()));
      assertDamaged(reader, with(good, good.length(), FrameLimits.LONGEST_TEXT + 1));
      assertDamaged(reader, with(good, good.length(), -1));
      assertDamaged(reader, with(good, Long.MAX_VALUE, good.textLength()));
    }
  }

  private static Frame with(Frame frame, long length, long textLength) {
    return new Frame(
        frame.kind(),
        frame.table(),
        frame.rows(),
        frame.offset(),
        length,
        textLength,
        frame.sha256());
  }

  private static void assertDamaged(FrameReader reader, Frame frame) {
    assertThatExceptionOfType(DecantException.class)
        .isThrownBy(() -> reader.read(frame))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SNAPSHOT_DAMAGED));
  }

  private byte[] bytes() {
    return store.read(KEY).orElseThrow();
  }

  private String digest(String algorithm) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes()));
  }
}
