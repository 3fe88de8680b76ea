package dev.decant.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Socket} over a Unix-domain socket. Java offers such a socket only as a channel. The
 * channel does not block, so that reads can time out, and so that {@link #close()} ends the wait of
 * a thread that reads or writes. As with other sockets, an interrupt does not end a read. One
 * thread may read while another one writes.
 */
final class UnixSocket extends Socket {
  private final UnixDomainSocketAddress address;
  private final SocketChannel channel;
  private final Selector readable;
  private final Selector writable;
  private volatile int readTimeout;

  /** A socket that is not connected yet. */
  UnixSocket(Path path) throws IOException {
    this.address = UnixDomainSocketAddress.of(path);
    this.channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    this.readable = Selector.open();
    this.writable = Selector.open();
  }

  @Override
  public void connect(@Nullable SocketAddress ignored) throws IOException {
    connect(ignored, 0);
  }

  /**
   * Connects to the file that the constructor got, whatever host is given. The timeout is not
   * needed because the kernel answers at once.
   */
  @Override
  public void connect(@Nullable SocketAddress ignored, int timeout) throws IOException {
    try {
      channel.connect(address);
      channel.configureBlocking(false);
      channel.register(readable, SelectionKey.OP_READ);
      channel.register(writable, SelectionKey.OP_WRITE);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  @Override
  public InputStream getInputStream() {
    return new Input();
  }

  @Override
  public OutputStream getOutputStream() {
    return new Output();
  }

  private final class Input extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      ByteBuffer into = ByteBuffer.wrap(bytes, offset, length);
      int count = count(() -> channel.read(into));
      while (count == 0 && length > 0) {
        await(readable, readTimeout);
        count = count(() -> channel.read(into));
      }
      return count;
    }

    @Override
    public void close() throws IOException {
      UnixSocket.this.close();
    }
  }

  private final class Output extends OutputStream {
    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      ByteBuffer from = ByteBuffer.wrap(bytes, offset, length);
      while (from.hasRemaining()) {
        if (count(() -> channel.write(from)) == 0) {
          await(writable, 0);
        }
      }
    }

    @Override
    public void close() throws IOException {
      UnixSocket.this.close();
    }
  }

  private interface Transfer {
    int run() throws IOException;
  }

  private static int count(Transfer transfer) throws IOException {
    try {
      return transfer.run();
    } catch (ClosedChannelException e) {
      throw closed();
    }
  }

  /** Waits until the channel is ready. With 0 milliseconds there is no time limit. */
  private static void await(Selector selector, int millis) throws IOException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    boolean interrupted = false;
    try {
      while (true) {
        long left =
            millis == 0 ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
        if (selector.select(key -> {}, left) > 0) {
          return;
        }
        interrupted |= Thread.interrupted();
        if (!selector.isOpen()) {
          throw closed();
        }
        if (millis > 0 && System.nanoTime() - end >= 0) {
          throw new SocketTimeoutException("Read timed out");
        }
      }
    } catch (ClosedSelectorException e) {
      throw closed();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static SocketException closed() {
    return new SocketException("Socket closed");
  }

  /** Closes the socket. A thread that waits on it gets a {@link SocketException}. */
  @Override
  public void close() throws IOException {
    channel.close();
    readable.close();
    writable.close();
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public boolean isConnected() {
    return channel.isConnected();
  }

  @Override
  public boolean isClosed() {
    return !channel.isOpen();
  }

  @Override
  public void setSoTimeout(int millis) {
    readTimeout = millis;
  }

  @Override
  public int getSoTimeout() {
    return readTimeout;
  }

  @Override
  public void setSendBufferSize(int size) throws SocketException {
    setOption(size, true);
  }

  @Override
  public void setReceiveBufferSize(int size) throws SocketException {
    setOption(size, false);
  }

  private void setOption(int size, boolean send) throws SocketException {
    try {
      channel.setOption(
          send ? StandardSocketOptions.SO_SNDBUF : StandardSocketOptions.SO_RCVBUF, size);
    } catch (IOException e) {
      throw closed();
    }
  }

  @Override
  public int getSendBufferSize() throws SocketException {
    try {
      return channel.getOption(StandardSocketOptions.SO_SNDBUF);
    } catch (IOException e) {
      throw closed();
    }
  }

  @Override
  public void setTcpNoDelay(boolean on) {
    // This is an option of TCP.
  }

  @Override
  public void setKeepAlive(boolean on) {
    // This is an option of TCP.
  }
}
