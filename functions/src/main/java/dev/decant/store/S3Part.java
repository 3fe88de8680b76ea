package dev.decant.store;

import dev.decant.stream.BlockStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import software.amazon.awssdk.core.sync.RequestBody;

/** A part of an upload that is being filled or waits to be sent. It may be sent more than once. */
sealed interface S3Part extends AutoCloseable {
  String TYPE = "application/octet-stream";

  /** Makes a part for at most so many bytes. */
  static S3Part of(long capacity) throws IOException {
    return capacity <= PartSizes.LARGEST_IN_MEMORY ? new Memory((int) capacity) : new Disk();
  }

  void write(byte[] bytes, int from, int to) throws IOException;

  long size();

  /** The content for a request. Nothing may be written afterwards. */
  RequestBody body() throws IOException;

  @Override
  void close() throws IOException;

  /** A part in memory. It grows up to its capacity, so that a small upload takes little memory. */
  final class Memory implements S3Part {
    private static final int FIRST = 64 * 1024;
    private final int capacity;
    private byte[] content;
    private int size;

    Memory(int capacity) {
      this.capacity = capacity;
      this.content = new byte[Math.min(capacity, FIRST)];
    }

    @Override
    public void write(byte[] bytes, int from, int to) {
      int needed = size + to - from;
      if (needed > content.length) {
        content = Arrays.copyOf(content, Math.min(capacity, Math.max(needed, 2 * content.length)));
      }
      System.arraycopy(bytes, from, content, size, to - from);
      size = needed;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public RequestBody body() {
      return RequestBody.fromContentProvider(
          () -> new ByteArrayInputStream(content, 0, size), size, TYPE);
    }

    @Override
    public void close() {}
  }

  /**
   * A part in a temporary file. The file is unlinked as soon as it is open, so that nothing is left
   * of it if the process is killed.
   */
  final class Disk implements S3Part {
    private final FileChannel file =
        FileChannel.open(
            Files.createTempFile("decant-part-", ".tmp"),
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    private long size;

    Disk() throws IOException {}

    @Override
    public void write(byte[] bytes, int from, int to) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, from, to - from);
      while (buffer.hasRemaining()) {
        size += file.write(buffer, size);
      }
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public RequestBody body() {
      return RequestBody.fromContentProvider(this::stream, size, TYPE);
    }

    /** A stream from the beginning of the file. Each attempt to send the part gets its own. */
    private InputStream stream() {
      return new BlockStream() {
        private long at;

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
          int most = (int) Math.min(length, size - at);
          int count = most == 0 ? -1 : file.read(ByteBuffer.wrap(bytes, from, most), at);
          at += Math.max(0, count);
          return count;
        }
      };
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
