package dev.decant.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.Zstd;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.schema.TableName;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FrameSpoolIT {
  private static final TableName TABLE = new TableName("public", "t");

  @TempDir Path folder;

  @Test
  void framesOfManyThreadsComeBackWhole() throws Exception {
    try (FrameSpool spool = new FrameSpool(folder);
        ExecutorService workers = Executors.newFixedThreadPool(8)) {
      List<Future<SpooledFrame>> frames = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        String text = text(i);
        frames.add(workers.submit(() -> append(spool, text)));
      }
      byte[] buffer = new byte[1 << 16];
      long size = 0;
      for (int i = 0; i < frames.size(); i++) {
        SpooledFrame frame = frames.get(i).get();
        spool.read(frame, buffer);
        byte[] bytes = Arrays.copyOf(buffer, frame.length());
        assertThat(new String(Zstd.decompress(bytes, frame.textLength()), UTF_8))
            .isEqualTo(text(i));
        size += frame.length();
      }
      assertThat(spool.size()).isEqualTo(size);
    }
  }

  @Test
  void nothingIsLeft() throws Exception {
    try (FrameSpool spool = new FrameSpool(folder)) {
      append(spool, "1\n");
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void missingFolderIsToldWithItsSetting() {
    Path missing = folder.resolve("missing");

    assertThatExceptionOfType(DecantException.class)
        .isThrownBy(() -> new FrameSpool(missing))
        .withMessageContaining(missing.toString())
        .withMessageContaining("DECANT_WORK");
  }

  @Test
  void closedByAnInterruptIsCancelled() {
    FrameSpool spool = new FrameSpool(folder);
    spool.close();

    assertThatExceptionOfType(DecantException.class)
        .isThrownBy(() -> append(spool, "1\n"))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
  }

  @Test
  void fullDiskIsToldWithWhatToDo() throws Exception {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.isWritable(full), "missing component: /dev/full");
    try (FileChannel file = FileChannel.open(full, StandardOpenOption.WRITE);
        FrameSpool spool = new FrameSpool(folder, file)) {
      assertThatExceptionOfType(DecantException.class)
          .isThrownBy(() -> append(spool, "1\n"))
          .withMessageContaining(folder.toString())
          .withMessageContaining("DECANT_WORK")
          .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.DISK_FULL));
    }
  }

  private static SpooledFrame append(FrameSpool spool, String text) {
    try (FrameCompressor compressor = new FrameCompressor()) {
      return spool.append(Frame.Kind.ROWS, TABLE, 1, compressor.compress(text.getBytes(UTF_8)));
    }
  }

  private static String text(int i) {
    return (i + "\trow\n").repeat(i % 37 + 1);
  }
}
