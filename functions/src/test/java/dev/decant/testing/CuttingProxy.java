package dev.decant.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on the loopback address. It cuts its first connections after a number of bytes in one
 * direction, or it cuts one connection when the server answers a certain message of the client.
 */
public final class CuttingProxy implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int target;
  private final AtomicInteger cutsLeft;
  private final long upload;
  private final long download;
  private final AtomicInteger cuts = new AtomicInteger();
  private final AtomicReference<@Nullable String> lastWords = new AtomicReference<>();

  /**
   * Starts to listen.
   *
   * @param cuts how many connections are cut
   * @param upload the number of bytes from the client after which a connection is cut
   * @param download the number of bytes from the server after which a connection is cut
   */
  public CuttingProxy(int target, int cuts, long upload, long download) throws IOException {
    this.target = target;
    this.cutsLeft = new AtomicInteger(cuts);
    this.upload = upload;
    this.download = download;
    Thread.ofVirtual().start(this::accept);
  }

  /** A proxy that cuts no connection until a test asks for it. */
  public CuttingProxy(int target) throws IOException {
    this(target, 0, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /**
   * If a client sends this text next, its answer is dropped and its connection is cut, so the
   * client cannot know the result.
   */
  public void swallowAnswerTo(String words) {
    lastWords.set(words);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** The number of connections that were cut. */
  public int cuts() {
    return cuts.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Socket behind = new Socket(InetAddress.getLoopbackAddress(), target);
        AtomicBoolean last = new AtomicBoolean();
        Thread.ofVirtual().start(() -> copy(client, behind, upload, chunk -> listen(chunk, last)));
        Thread.ofVirtual().start(() -> copy(behind, client, download, _ -> !last.get()));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  /** Records that the client has sent the text, so the connection is cut at the answer. */
  private boolean listen(String chunk, AtomicBoolean last) {
    String words = lastWords.get();
    if (words != null && chunk.contains(words) && lastWords.compareAndSet(words, null)) {
      last.set(true);
      cuts.incrementAndGet();
    }
    return true;
  }

  private void copy(Socket from, Socket to, long limit, Predicate<String> passes) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      long copied = 0;
      int count;
      while ((count = in.read(buffer)) >= 0) {
        if (!passes.test(new String(buffer, 0, count, ISO_8859_1))) {
          return;
        }
        if (copied + count > limit && cutsLeft.getAndDecrement() > 0) {
          out.write(buffer, 0, (int) (limit - copied));
          cuts.incrementAndGet();
          return;
        }
        out.write(buffer, 0, count);
        copied = copied + count > limit ? Long.MIN_VALUE / 2 : copied + count;
      }
    } catch (IOException e) {
      // The other direction was cut.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
