package dev.decant.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import software.amazon.awssdk.core.sync.RequestBody;

/** A part of an upload that is being filled, or waits to be sent; may be sent more than once. */
sealed interface S3Part extends AutoCloseable {
  String TYPE = "application/octet-stream";

  /** A part for so many bytes at most. */
  static S3Part of(long capacity) throws IOException {
    return capacity <= PartSizes.LARGEST_IN_MEMORY ? new Memory((int) capacity) : new Disk();
  }

  void write(byte[] bytes, int from, int to) throws IOException;

  long size();

  /** What is to be sent; nothing is written after. */
  RequestBody body() throws IOException;

  @Override
  void close() throws IOException;

  /** Grows up to its capacity, so that a small upload takes little. */
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

  /** In a temporary file. */
  final class Disk implements S3Part {
    private final Path file = Files.createTempFile("decant-part-", ".tmp");
    private final OutputStream out = Files.newOutputStream(file);
    private long size;

    Disk() throws IOException {}

    @Override
    public void write(byte[] bytes, int from, int to) throws IOException {
      out.write(bytes, from, to - from);
      size += to - from;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public RequestBody body() throws IOException {
      out.close();
      return RequestBody.fromContentProvider(
          () -> {
            try {
              return Files.newInputStream(file);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          },
          size,
          TYPE);
    }

    @Override
    public void close() throws IOException {
      try (out) {
        Files.deleteIfExists(file);
      }
    }
  }
}
