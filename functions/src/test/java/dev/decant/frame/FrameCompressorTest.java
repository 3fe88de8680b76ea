package dev.decant.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FrameCompressorTest {
  private static final byte[] TEXT = "1\tannie\n2\tbob\n".repeat(5000).getBytes(UTF_8);

  @Test
  void compressesTheSliceOnly() {
    try (FrameCompressor compressor = new FrameCompressor()) {
      CompressedFrame frame = compressor.compress(TEXT, 14, 14 + 28);

      assertThat(decompressed(frame)).isEqualTo(Arrays.copyOfRange(TEXT, 14, 42));
      assertThat(frame.textLength()).isEqualTo(28);
    }
  }

  @Test
  void sameTextGivesSameBytesFromAnyCompressor() {
    try (FrameCompressor one = new FrameCompressor();
        FrameCompressor other = new FrameCompressor()) {
      other.compress(new byte[] {1, 2, 3});
      byte[] first = bytes(one.compress(TEXT));

      assertThat(bytes(other.compress(TEXT))).isEqualTo(first);
      assertThat(bytes(one.compress(TEXT))).isEqualTo(first);
    }
  }

  @Test
  void headerTellsTheSizeAndTheEndHasAChecksum() {
    try (FrameCompressor compressor = new FrameCompressor()) {
      CompressedFrame frame = compressor.compress(TEXT);
      byte[] bytes = bytes(frame);
      byte[] damaged = bytes.clone();
      damaged[damaged.length - 1] ^= 1;

      assertThat(Zstd.getFrameContentSize(bytes)).isEqualTo(TEXT.length);
      assertThatExceptionOfType(ZstdException.class)
          .isThrownBy(() -> Zstd.decompress(damaged, TEXT.length))
          .withMessageContaining("checksum");
    }
  }

  @Test
  void sha256IsThatOfTheCompressedBytes() throws Exception {
    try (FrameCompressor compressor = new FrameCompressor()) {
      CompressedFrame frame = compressor.compress(TEXT);

      assertThat(frame.sha256())
          .isEqualTo(
              HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(frame))));
    }
  }

  @Test
  void emptyAndIncompressibleTextsComeBack() {
    byte[] noise = new byte[200_000];
    new Random(7).nextBytes(noise);
    try (FrameCompressor compressor = new FrameCompressor()) {
      assertThat(decompressed(compressor.compress(new byte[0]))).isEmpty();
      assertThat(decompressed(compressor.compress(noise))).isEqualTo(noise);
    }
  }

  static byte[] bytes(CompressedFrame frame) {
    return Arrays.copyOf(frame.bytes(), frame.length());
  }

  private static byte[] decompressed(CompressedFrame frame) {
    return Zstd.decompress(bytes(frame), frame.textLength());
  }
}
